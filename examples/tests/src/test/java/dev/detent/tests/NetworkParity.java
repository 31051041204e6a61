package dev.detent.tests;

import dev.detent.inference.Interpreter;
import dev.detent.inference.TfliteModel;
import dev.detent.processor.RandomNetwork;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.QuantizedPass;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One random model, with random weights and ranges from random data, exported; each operation of
 * the file is fed the graph's integers and its own compared with the graph's.
 */
final class NetworkParity {
  private static final int EXAMPLES = 24;

  /**
   * How far a value on the grid is from it, in steps: float arithmetic leaves 256 steps of 2^-24
   * relative error each way.
   */
  private static final float ON_GRID = 1e-3f;

  private final RandomNetwork network;
  private final DetentModel<?> model;
  private final Examples examples;
  private final Map<String, OperationInfo> operations = new HashMap<>();
  private TfliteModelInfo info;

  private NetworkParity(RandomNetwork network, DetentModel<?> model) {
    this.network = network;
    this.model = model;
    Random random = new Random(network.seed());
    draw(QuantizedPass.graphOf(model), random);
    examples = examples(random);
  }

  /** What one operation of a model came to on one set of kernels. */
  record Result(String operation, Kernels kernels, Agreement agreement, double share) {}

  /** Compares; fails where a value is more than a step off, or no value of its grid. */
  static List<Result> of(RandomNetwork network, ClassLoader models, Path folder)
      throws IOException {
    try (DetentModel<?> model = CompiledModels.create(models, network.name(), network.seed())) {
      return new NetworkParity(network, model).compare(folder.resolve("model.tflite"));
    }
  }

  /** Batch norms of which some are negative, biases and slopes that are not 0. */
  private static void draw(ModelGraph graph, Random random) {
    graph.pass(Pass.FLOAT);
    for (Variables.Variable variable : graph.variables().all()) {
      String name = variable.name();
      float[] values = graph.variables().read(variable);
      for (int i = 0; i < values.length; i++) {
        if (name.endsWith("/moving_variance")) {
          values[i] = 0.5f + random.nextFloat();
        } else if (name.endsWith("/gamma")) {
          values[i] = (random.nextBoolean() ? -1 : 1) * (0.4f + random.nextFloat());
        } else if (variable.role() != Variables.Role.RANGE) {
          values[i] += (float) random.nextGaussian() * 0.3f;
        }
      }
      graph.variables().write(variable, values);
    }
  }

  private Examples examples(Random random) {
    PassGraph pass = QuantizedPass.graphOf(model).pass(Pass.FLOAT);
    double mean = random.nextInt(3) - 1;
    double deviation = List.of(0.5, 1.0, 2.0).get(random.nextInt(3));
    boolean isIndices = network.fields().get(0).annotations().contains("INT32");
    List<Features> inputs = new ArrayList<>();
    for (String name : pass.inputs().keySet()) {
      int[] shape = pass.tensors().get(name).shape();
      float[][] values = new float[EXAMPLES][elements(shape)];
      for (float[] example : values) {
        for (int i = 0; i < example.length; i++) {
          example[i] =
              isIndices ? random.nextInt(7) : (float) (mean + deviation * random.nextGaussian());
        }
      }
      inputs.add(Features.of(values, shape));
    }
    List<Targets> targets = new ArrayList<>();
    for (LayerTensor output : pass.outputs().values()) {
      int[] shape = output.trained().shape();
      targets.add(Targets.values(new float[EXAMPLES][elements(shape)], shape));
    }
    record Pairs(int size, List<Features> inputs, List<Targets> targets) implements Examples {}
    return new Pairs(EXAMPLES, inputs, targets);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private List<Result> compare(Path file) throws IOException {
    if (QuantizedPass.graphOf(model).pass(Pass.QUANTIZED).ranges().isEmpty()) {
      return List.of(); // nothing was left that is quantized
    }
    ((DetentModel) model).quantize(examples);
    model.exportInt8(file);
    List<TfliteFinding> findings = TfliteFile.check(file);
    if (!findings.isEmpty()) {
      throw new AssertionError("the file breaks the specification: " + findings);
    }
    info = TfliteFile.info(file);
    info.operations()
        .forEach(
            operation ->
                operation
                    .outputs()
                    .forEach(n -> operations.put(info.tensors().get(n).name(), operation)));
    PassGraph pass = QuantizedPass.graphOf(model).pass(Pass.QUANTIZED);
    OperationsApart apart =
        OperationsApart.of(Files.readAllBytes(file), pass.tensors()::containsKey);
    if (apart.outputs().isEmpty()) {
      return List.of(); // nor any operation: all act in training only
    }
    List<String> names = new ArrayList<>(apart.inputs());
    names.addAll(apart.outputs());
    List<Result> results = new ArrayList<>();
    for (Kernels kernels : Kernels.values()) {
      Agreement[] counts = new Agreement[apart.outputs().size()];
      Arrays.setAll(counts, i -> new Agreement());
      Optional<Interpreter> plain =
          kernels == Kernels.BUILT_IN
              ? Optional.of(TfliteModel.load(apart.file()).interpreter())
              : Optional.empty();
      try (var interpreter = TfliteInterpreter.open(apart.file(), kernels)) {
        Inference.run(
            QuantizedPass.graphOf(model),
            examples,
            EXAMPLES,
            List.of(new Inference.Query(Pass.QUANTIZED, names)),
            (batch, values) -> {
              for (int e = 0; e < batch.count(); e++) {
                run(interpreter, plain, apart, values.get(0), e, batch.count(), counts);
              }
            });
      }
      for (int i = 0; i < counts.length; i++) {
        OperationInfo operation = operations.get(apart.outputs().get(i));
        if (counts[i].values() > 0) {
          results.add(new Result(operation.name(), kernels, counts[i], share(operation, kernels)));
        }
      }
    }
    return results;
  }

  private void run(
      TfliteInterpreter interpreter,
      Optional<Interpreter> plain,
      OperationsApart apart,
      List<float[]> values,
      int example,
      int count,
      Agreement[] counts) {
    int inputs = apart.inputs().size();
    for (int i = 0; i < inputs; i++) {
      int input = i;
      TensorInfo tensor = interpreter.inputs().get(i);
      float[] given = part(values.get(i), example, count);
      switch (tensor.type()) {
        case FLOAT32 -> {
          interpreter.setInput(i, given);
          plain.ifPresent(engine -> engine.setInput(input, given));
        }
        case INT32 -> {
          int[] indices = new int[given.length];
          Arrays.setAll(indices, n -> Math.round(given[n]));
          interpreter.setInput(i, indices);
          plain.ifPresent(engine -> engine.setInput(input, indices));
        }
        default -> {
          byte[] integers = integers(given, tensor);
          interpreter.setInput(i, integers);
          plain.ifPresent(engine -> engine.setInput(input, integers));
        }
      }
    }
    interpreter.invoke();
    plain.ifPresent(engine -> requireSame(engine, interpreter));
    for (int o = 0; o < counts.length; o++) {
      TensorInfo tensor = interpreter.outputs().get(o);
      if (tensor.type() == ValueType.INT32) {
        counts[o].addIndices(
            part(values.get(inputs + o), example, count), interpreter.outputBytes(o));
      } else if (tensor.type() == ValueType.INT8) {
        byte[] wanted = integers(part(values.get(inputs + o), example, count), tensor);
        OperationInfo operation = operations.get(tensor.name());
        byte[] actual = interpreter.outputBytes(o);
        int read =
            operation.name().equals("FULLY_CONNECTED")
                ? apart.inputs().indexOf(info.tensors().get(operation.inputs().get(0)).name())
                : -1;
        if (read < 0) {
          counts[o].add(wanted, actual);
        } else {
          counts[o].addRows(wanted, actual, part(values.get(read), example, count), tensor);
        }
        if (counts[o].largest() > mostSteps(operation, tensor, interpreter.kernels())) {
          throw new AssertionError(
              operation.name()
                  + " '"
                  + tensor.name()
                  + "' on "
                  + interpreter.kernels()
                  + ": "
                  + counts[o]);
        }
      }
    }
  }

  /** Plain Java computes what the built-in kernels compute: integers to the bit. */
  private void requireSame(Interpreter plain, TfliteInterpreter interpreter) {
    plain.run();
    for (int o = 0; o < interpreter.outputs().size(); o++) {
      TensorInfo tensor = interpreter.outputs().get(o);
      if (tensor.type() == ValueType.FLOAT32) {
        requireClose(plain.outputFloats(o), interpreter.outputFloats(o), tensor);
      } else if (!Arrays.equals(plain.outputBytes(o), interpreter.outputBytes(o))) {
        throw new AssertionError(
            operations.get(tensor.name()).name() + " " + tensor + " differs in plain Java");
      }
    }
  }

  /** Float kernels add up in another order, of some hundred values at most. */
  private void requireClose(float[] actual, float[] wanted, TensorInfo tensor) {
    float largest = 0;
    for (float value : wanted) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!(Math.abs(actual[i] - wanted[i]) <= 1e-5f * largest)) {
        throw new AssertionError(
            operations.get(tensor.name()).name()
                + " "
                + tensor
                + " in plain Java: "
                + actual[i]
                + ", not "
                + wanted[i]);
      }
    }
  }

  private static byte[] integers(float[] values, TensorInfo tensor) {
    byte[] integers = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      float exact = values[i] / tensor.scale();
      int step = Math.round(exact);
      int integer = step + tensor.zeroPoint();
      if (!(Math.abs(exact - step) < ON_GRID) || integer != (byte) integer) {
        throw new AssertionError(
            values[i] + " in the graph is not on the grid of '" + tensor.name() + "' " + tensor);
      }
      integers[i] = (byte) integer;
    }
    return integers;
  }

  /**
   * The share of values that may differ. Where XNNPACK rounds once and the built-in kernels, which
   * the graph follows, round twice, any may, by one step; with weights less: {@code RandomLayer} of
   * the runtime's tests derives a share of {@code 2^-(shift + 1)}.
   */
  private double share(OperationInfo operation, Kernels kernels) {
    boolean isOnXnnpack = kernels == Kernels.XNNPACK;
    return switch (operation.name()) {
      case "ARG_MAX" -> 0;
      case "MUL", "MEAN", "RESIZE_BILINEAR", "LEAKY_RELU", "QUANTIZE" -> isOnXnnpack ? 1 : 0.01;
      case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV" ->
          isOnXnnpack ? Math.max(0.01, ofTwoRoundings(operation)) : 0.01;
      default -> 0.01;
    };
  }

  /**
   * How far apart values may be: a step. The built-in RESIZE_BILINEAR, which the graph follows, has
   * positions in steps of 2^-10 of a pixel, and their distance rounded to such a step: at the end
   * of {@code n} positions it is off by {@code n * 2^-11} pixels, in which two neighbours may
   * differ by 255. XNNPACK's positions are exact.
   */
  private static int mostSteps(OperationInfo operation, TensorInfo output, Kernels kernels) {
    if (kernels != Kernels.XNNPACK || !operation.name().equals("RESIZE_BILINEAR")) {
      return 1;
    }
    int positions = output.shape().get(1) + output.shape().get(2);
    return 1 + (int) Math.ceil(255 * positions / 2048.0);
  }

  private double ofTwoRoundings(OperationInfo operation) {
    // The operands of TRANSPOSE_CONV begin with the output's shape.
    int position = operation.name().equals("TRANSPOSE_CONV") ? 2 : 0;
    TensorInfo input = info.tensors().get(operation.inputs().get(position));
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    double largest = 0;
    for (float scale : info.tensors().get(operation.inputs().get(1)).scales()) {
      largest = Math.max(largest, (double) input.scale() * scale / output.scale());
    }
    return Math.min(1, Math.scalb(0.5, Math.getExponent(largest) + 1));
  }

  private static float[] part(float[] batch, int index, int count) {
    int size = batch.length / count;
    return Arrays.copyOfRange(batch, index * size, (index + 1) * size);
  }

  private static int elements(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** Adds up how many integers differ. */
  static final class Agreement {
    private long values;
    private long different;
    private int largest;
    private final Set<String> met = new HashSet<>();

    /**
     * Of a dense layer that reads the same row again nothing new: the one tie of a row would count
     * as often as there are positions where a layer before it yields a constant.
     */
    void addRows(byte[] wanted, byte[] actual, float[] input, TensorInfo output) {
      int units = output.shape().get(output.shape().size() - 1);
      int rows = wanted.length / units;
      if (wanted.length != actual.length || input.length % rows != 0) {
        throw new AssertionError(
            input.length
                + " values, then "
                + actual.length
                + ", "
                + wanted.length
                + " in the graph");
      }
      for (int row = 0; row < rows; row++) {
        int from = row * units;
        byte[] computed = Arrays.copyOfRange(actual, from, from + units);
        if (met.add(Arrays.toString(part(input, row, rows)))) {
          add(Arrays.copyOfRange(wanted, from, from + units), computed);
        } else {
          for (int i = 0; i < units; i++) {
            largest = Math.max(largest, Math.abs(wanted[from + i] - computed[i]));
          }
        }
      }
    }

    /** Indices are the same ones, without exception. */
    void addIndices(float[] wanted, byte[] actual) {
      float[] indices = new float[wanted.length];
      var integers = ByteBuffer.wrap(actual).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
      for (int i = 0; i < indices.length; i++) {
        indices[i] = integers.get(i);
      }
      if (!Arrays.equals(wanted, indices)) {
        throw new AssertionError(
            Arrays.toString(indices) + ", " + Arrays.toString(wanted) + " in the graph");
      }
      values += wanted.length;
    }

    void add(byte[] wanted, byte[] actual) {
      if (wanted.length != actual.length) {
        throw new AssertionError(actual.length + " values, " + wanted.length + " in the graph");
      }
      for (int i = 0; i < wanted.length; i++) {
        int distance = Math.abs(wanted[i] - actual[i]);
        different += distance == 0 ? 0 : 1;
        largest = Math.max(largest, distance);
      }
      values += wanted.length;
    }

    long values() {
      return values;
    }

    long different() {
      return different;
    }

    int largest() {
      return largest;
    }

    @Override
    public String toString() {
      return different + " of " + values + " values differ, by " + largest + " steps at most";
    }
  }
}
