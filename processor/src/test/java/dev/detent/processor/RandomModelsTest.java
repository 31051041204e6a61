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
          "a", "b", "image", "X", "g", "Initializer", "size", "conv_1", "conv1", "ranges", "SPEC");

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
    int layers = 2 + random.nextInt(6);
    for (int i = 0; i < layers; i++) {
      String field = names.remove(random.nextInt(names.size()));
      String operation =
          i == 0 || chance(random, 20) ? input(random) : operation(above, names, random);
      fields.add(operation + stacked(random) + " Layer " + field + ";");
      above.add(field);
    }
    if (!chance(random, 4)) {
      return Sources.model(name, fields.toArray(String[]::new));
    }
    JavaFileObject plain = Sources.model(name, fields.toArray(String[]::new));
    return Sources.text(name, Compilations.text(plain).replace("@Model", "@Model @Quantize"));
  }

  private static String input(Random random) {
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
    return switch (random.nextInt(14)) {
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
      case 11 -> "@Add(" + two + ")";
      case 12 -> "@Concat(value = " + two + ", axis = " + (random.nextInt(6) - 2) + ")";
      default -> random.nextBoolean() ? "@Softmax" : "@Dropout(rate = 0.5)";
    };
  }

  private static String read(List<String> above, List<String> others, Random random) {
    List<String> names = chance(random, 20) ? others : above;
    return names.get(random.nextInt(names.size()));
  }

  private static String stacked(Random random) {
    StringBuilder text = new StringBuilder();
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
