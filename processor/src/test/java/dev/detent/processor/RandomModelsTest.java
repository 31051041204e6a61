package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.CompilationSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Classes put together at random, most of them wrong: whatever a user writes, the processor does
 * not fail, and what it generates compiles.
 */
class RandomModelsTest {
  private static final int MODELS = 300;
  private static final List<String> NAMES =
      List.of(
          "a", "b", "image", "X", "n", "Initializer", "size", "conv_1", "conv1", "ranges", "SPEC");

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void neverFails(long seed) {
    Random random = new Random(seed);
    List<JavaFileObject> models =
        IntStream.range(0, MODELS).mapToObj(i -> model("Model" + i, random)).toList();

    Compilation all =
        Compilations.compiler(new DetentProcessor())
            .withOptions("-proc:only", "-Xmaxerrs", "100000")
            .compile(models);

    Set<String> wrong = new TreeSet<>();
    all.errors()
        .forEach(
            error -> {
              String message = error.getMessage(Locale.ROOT);
              assertThat(message).startsWith("[Detent-").doesNotContain("[Detent-X01]");
              wrong.add(error.getSource().toUri().getPath());
            });
    List<JavaFileObject> right =
        models.stream().filter(model -> !wrong.contains(model.toUri().getPath())).toList();
    assertThat(wrong.size()).isGreaterThan(MODELS / 10);
    assertThat(right.size()).isGreaterThan(MODELS / 10);
    CompilationSubject.assertThat(Compilations.compile(right.toArray(JavaFileObject[]::new)))
        .succeededWithoutWarnings();
  }

  private static JavaFileObject model(String name, Random random) {
    List<String> names = new ArrayList<>(NAMES);
    List<String> fields = new ArrayList<>();
    List<String> above = new ArrayList<>();
    int layers = 2 + random.nextInt(4);
    for (int i = 0; i < layers; i++) {
      String field = names.remove(random.nextInt(names.size()));
      String operation =
          i == 0 || chance(random, 20) ? input(random) : operation(above, names, random);
      String stacked = stacked(operation, random);
      if (operation.startsWith("@BatchNorm")) {
        stacked = stacked.replace(" @BatchNorm", "");
      }
      fields.add(operation + stacked + " Layer " + field + ";");
      above.add(field);
    }
    if (!chance(random, 4)) {
      return Sources.model(name, fields.toArray(String[]::new));
    }
    JavaFileObject plain = Sources.model(name, fields.toArray(String[]::new));
    return Sources.text(name, Compilations.text(plain).replace("@Model", "@Model @Quantize"));
  }

  private static String input(Random random) {
    if (chance(random, 4)) {
      return "@Input(shape = {" + size(random) + ", 4})";
    }
    if (chance(random, 30)) {
      return "@Input(shape = " + size(random) + ", dataType = DataType.INT32)";
    }
    return !chance(random, 5)
        ? "@Input(shape = {" + size(random) + ", " + size(random) + ", 4})"
        : "@Input(shape = " + size(random) + ")";
  }

  private static String operation(List<String> above, List<String> others, Random random) {
    String from = chance(random, 8) ? "from = \"" + read(above, others, random) + "\"" : "";
    String and = from.isEmpty() ? "" : ", " + from;
    String two =
        "{\"" + read(above, others, random) + "\", \"" + read(above, others, random) + "\"}";
    String padding = random.nextBoolean() ? ", padding = Padding.SAME" : "";
    return switch (random.nextInt(31)) {
      case 0, 1 ->
          "@Conv2D(filters = "
              + number(random)
              + ", kernelSize = {1, "
              + number(random)
              + "}, strides = "
              + number(random)
              + padding
              + and
              + ")";
      case 2 -> "@DepthwiseConv2D(kernelSize = " + number(random) + padding + and + ")";
      case 3, 4 -> "@Dense(units = " + number(random) + and + ")";
      case 5 -> "@MaxPool2D(poolSize = " + number(random) + padding + and + ")";
      case 6 -> "@AveragePool2D(strides = " + number(random) + padding + and + ")";
      case 7 -> "@GlobalAveragePool2D" + (from.isEmpty() ? "" : "(" + from + ")");
      case 8 -> "@Flatten" + (from.isEmpty() ? "" : "(" + from + ")");
      case 9 -> "@Reshape(shape = {-1, " + number(random) + "}" + and + ")";
      case 10 -> "@ZeroPad2D(padding = {" + number(random) + ", 0}" + and + ")";
      case 14 ->
          "@Conv1D(filters = "
              + number(random)
              + ", kernelSize = 2, groups = "
              + number(random)
              + padding
              + shared(above, random)
              + and
              + ")";
      case 15 ->
          "@SeparableConv"
              + (1 + random.nextInt(2))
              + "D(filters = 4, kernelSize = "
              + number(random)
              + padding
              + shared(above, random)
              + and
              + ")";
      case 16 ->
          "@Conv"
              + (1 + random.nextInt(2))
              + "DTranspose(filters = 4, kernelSize = 3, strides = "
              + number(random)
              + ", outputPadding = "
              + number(random)
              + padding
              + and
              + ")";
      case 17 ->
          (random.nextBoolean() ? "@MaxPool1D" : "@AveragePool1D")
              + "(strides = "
              + number(random)
              + padding
              + and
              + ")";
      case 18 ->
          (random.nextBoolean() ? "@GlobalMaxPool" : "@GlobalAveragePool")
              + "1D(keepDims = "
              + random.nextBoolean()
              + and
              + ")";
      case 19 -> "@BatchNorm" + (from.isEmpty() ? "" : "(" + from + ")");
      case 20 ->
          "@SpatialDropout"
              + (1 + random.nextInt(2))
              + "D(rate = 0."
              + random.nextInt(9)
              + and
              + ")";
      case 21 -> "@Reshape(shape = {-1, 4}" + and + ")";
      case 11 -> "@Add(" + two + ")";
      case 12 -> "@Concat(value = " + two + ", axis = " + (random.nextInt(6) - 2) + ")";
      case 22, 23 -> rearranged(two, and, random);
      case 24 -> "@LayerNorm" + (from.isEmpty() ? "" : "(" + from + ")");
      case 25 -> "@MultiHeadAttention(numHeads = " + number(random) + ", keyDim = 2" + and + ")";
      case 26 -> "@BatchMatMul(value = " + two + ", transposeB = " + random.nextBoolean() + ")";
      case 27 ->
          (chance(random, 3) ? "@Bidirectional " : "")
              + (random.nextBoolean() ? "@Lstm(units = " : "@Gru(units = ")
              + number(random)
              + (chance(random, 3) ? ", goBackwards = true" : "")
              + and
              + ")";
      case 28 -> "@PositionEmbedding" + (from.isEmpty() ? "" : "(" + from + ")");
      case 29 -> "@Embedding(inputDim = " + number(random) + ", outputDim = 3" + and + ")";
      default -> random.nextBoolean() ? activation(random) : "@Dropout(rate = 0.5)";
    };
  }

  private static String activation(Random random) {
    List<String> all =
        List.of(
            "@Softmax",
            "@LogSoftmax(axis = " + (chance(random, 10) ? number(random) : "-1") + ")",
            "@L2Normalize",
            "@HardTanh",
            "@LeakyRelu",
            "@PRelu(sharedAxes = " + (chance(random, 10) ? number(random) : "1") + ")",
            "@Elu",
            "@HardSwish",
            "@HardSigmoid",
            "@Sigmoid",
            "@Tanh",
            "@Swish",
            "@Gelu",
            "@Exponential",
            "@Softplus");
    return all.get(random.nextInt(all.size()));
  }

  private static String rearranged(String two, String and, Random random) {
    return switch (random.nextInt(6)) {
      case 0 ->
          "@"
              + List.of("Multiply", "Subtract", "Maximum", "Minimum", "Average")
                  .get(random.nextInt(5))
              + "("
              + two
              + ")";
      case 1 -> "@Permute(dims = {2, 1" + (random.nextBoolean() ? ", 3" : "") + "}" + and + ")";
      case 2 ->
          "@"
              + List.of("Mean", "Sum", "Max").get(random.nextInt(3))
              + "(axis = {"
              + (random.nextInt(6) - 2)
              + "}, keepDims = "
              + random.nextBoolean()
              + and
              + ")";
      case 3 ->
          "@Slice(begin = {"
              + number(random)
              + "}, end = {"
              + size(random)
              + ", -1}, strides = "
              + number(random)
              + and
              + ")";
      case 4 ->
          "@Split(parts = 2, index = "
              + random.nextInt(2)
              + ", axis = "
              + number(random)
              + and
              + ")";
      default ->
          random.nextBoolean()
              ? "@UpSample2D(size = " + number(random) + and + ")"
              : "@Resize(height = " + number(random) + ", width = 7" + and + ")";
    };
  }

  private static String shared(List<String> above, Random random) {
    return chance(random, 4)
        ? ", sharedWith = \"" + above.get(random.nextInt(above.size())) + "\""
        : "";
  }

  private static String read(List<String> above, List<String> others, Random random) {
    List<String> names = chance(random, 20) ? others : above;
    return names.get(random.nextInt(names.size()));
  }

  private static String stacked(String operation, Random random) {
    StringBuilder text = new StringBuilder();
    String activation = activation(random);
    boolean isRepeated = operation.startsWith(activation.split("\\(")[0]);
    if (chance(random, 8) && !isRepeated && !operation.startsWith("@Input")) {
      text.append(' ').append(activation);
    }
    for (String annotation :
        List.of(
            "@BatchNorm",
            "@Relu",
            "@Relu6",
            "@Quantize",
            "@KeepFloat",
            "@Output",
            "@QuantizeConfig(activations = @Activations(symmetric = true))",
            "@QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))")) {
      boolean repeats = annotation.startsWith("@QuantizeConfig") && text.indexOf("Config") > 0;
      if (chance(random, 30) && !repeats) {
        text.append(' ').append(annotation);
      }
    }
    return text.toString();
  }

  private static String size(Random random) {
    return chance(random, 30) ? "0" : Integer.toString(4 + random.nextInt(6));
  }

  private static String number(Random random) {
    return chance(random, 60)
        ? List.of("0", "-1", "2147483647", "-2147483648").get(random.nextInt(4))
        : Integer.toString(1 + random.nextInt(3));
  }

  private static boolean chance(Random random, int of) {
    return random.nextInt(of) == 0;
  }
}
