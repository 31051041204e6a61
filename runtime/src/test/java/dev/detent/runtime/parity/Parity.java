package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.inference.Interpreter;
import dev.detent.inference.TfliteModel;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Compares a model's quantized graph with the file that it exports, run by the real interpreter on
 * the very integers that the graph reads.
 */
final class Parity implements AutoCloseable {

  /** Of the int8 outputs of one operation, this share is equal to the bit (DESIGN 3.1). */
  static final double SHARE = 0.99;

  private static final int BATCH = 100;

  /** Examples that a file takes at once: neither one, nor a power of two. */
  private static final int BATCHED = 3;

  /**
   * How the outputs of one kernel set compare with the quantized graph's.
   *
   * @param values how many
   * @param different how many of them are not equal
   * @param largest difference in steps
   */
  record Agreement(long values, long different, int largest) {
    double differentShare() {
      return (double) different / values;
    }
  }

  private final TinyModel model;
  private final Examples examples;
  private final List<float[][]> inputs;
  private final ExportOptions options;
  private final Path file;
  private final Map<ExportOptions, Path> inBatches = new HashMap<>();
  private final Map<String, ActivationRange> grids = new HashMap<>();
  private final Map<ActivationRange, Encoding> encodings = new HashMap<>();

  private Parity(TinyModel model, List<float[][]> inputs, ExportOptions options) {
    this.model = model;
    this.inputs = inputs;
    this.options = options;
    examples = examples(model, inputs);
    try {
      file = Files.createTempFile("parity", ".tflite");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    model.export(file, options);
  }

  /** Calibrates and exports. */
  static Parity of(TinyModel model, float[][]... inputs) {
    return of(model, ExportOptions.int8(), inputs);
  }

  /** Exports a model that has its ranges. */
  static Parity ofQuantized(TinyModel model, float[][]... inputs) {
    return new Parity(model, List.of(inputs), ExportOptions.int8());
  }

  /** Calibrates and exports with other borders. */
  static Parity of(TinyModel model, ExportOptions options, float[][]... inputs) {
    // Ranges from one half only, so that the other half is clipped here and there.
    int half = inputs[0].length / 2;
    model.quantize(
        examples(model, Arrays.stream(inputs).map(x -> Arrays.copyOf(x, half)).toList()));
    return new Parity(model, List.of(inputs), options);
  }

  /** Examples whose targets, which nobody looks at, have the model's sizes. */
  static Examples examples(TinyModel model, List<float[][]> inputs) {
    var pass = model.graph().pass(Pass.FLOAT);
    List<Features> features = new ArrayList<>();
    int index = 0;
    for (String input : pass.inputs().keySet()) {
      features.add(Features.of(inputs.get(index++), pass.tensors().get(input).shape()));
    }
    int size = inputs.get(0).length;
    List<Targets> targets = new ArrayList<>();
    for (LayerTensor output : pass.outputs().values()) {
      int[] shape = output.trained().shape();
      targets.add(Targets.values(new float[size][elements(shape)], shape));
    }
    record Pairs(int size, List<Features> inputs, List<Targets> targets) implements Examples {}
    return new Pairs(size, features, targets);
  }

  /** Values of a normal distribution. */
  static float[][] gaussian(Random random, int examples, double mean, double deviation, int size) {
    float[][] values = new float[examples][size];
    for (float[] example : values) {
      for (int i = 0; i < size; i++) {
        example[i] = (float) (mean + deviation * random.nextGaussian());
      }
    }
    return values;
  }

  static int elements(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** At least 99% equal and none more than one step off, on both sets of kernels. */
  void holds() {
    holds(Kernels.BUILT_IN);
    holds(Kernels.XNNPACK);
  }

  /** At least 99% equal and none more than one step off. */
  void holds(Kernels kernels) {
    atMost(kernels, 1 - SHARE);
  }

  /** Every value equal. */
  void isExact(Kernels kernels) {
    atMost(kernels, 0);
  }

  /** Every value equal, but for so many that are one step off. */
  void isExactButFor(int ties, Kernels kernels) {
    noneIsFurtherOff(
        kernels,
        (what, agreement) -> assertThat(agreement.different()).as(what).isLessThanOrEqualTo(ties));
  }

  /** At most this share one step off, and none more. */
  void atMost(Kernels kernels, double share) {
    noneIsFurtherOff(
        kernels,
        (what, agreement) ->
            assertThat(agreement.differentShare()).as(what).isLessThanOrEqualTo(share));
  }

  /** None is more than one step off, and what else is asked of each output. */
  private void noneIsFurtherOff(Kernels kernels, BiConsumer<String, Agreement> others) {
    agreements(kernels)
        .forEach(
            (output, agreement) -> {
              String what = output + " on " + kernels + ": " + agreement;
              assertThat(agreement.largest()).as(what).isLessThanOrEqualTo(1);
              others.accept(what, agreement);
            });
    if (inputs.get(0).length >= BATCHED) {
      isTheSameInBatches(kernels, options.batch(BATCHED));
      isTheSameInBatches(kernels, options.dynamicBatch());
    }
  }

  /**
   * Examples at once come out as they do one by one, to the bit. XNNPACK leaves a transposed
   * convolution of any batch to the built-in kernel, which rounds otherwise, so that one by one is
   * the same file there.
   */
  private void isTheSameInBatches(Kernels kernels, ExportOptions batched) {
    Path other = inBatches.computeIfAbsent(batched, this::exported);
    boolean isDynamic = batched.batch() == ExportOptions.DYNAMIC_BATCH;
    Path alone = isDynamic && kernels == Kernels.XNNPACK ? other : file;
    try (var one = TfliteInterpreter.open(alone, kernels);
        var several = TfliteInterpreter.open(other, kernels)) {
      if (isDynamic) {
        several.resizeBatch(BATCHED);
      }
      ByteArrayOutputStream[] wanted = streams(one.outputs().size());
      ByteArrayOutputStream[] given = streams(one.inputs().size());
      for (int e = 0; e < BATCHED; e++) {
        for (int i = 0; i < given.length; i++) {
          byte[] values = stored(one.inputs().get(i), inputs.get(i)[e]);
          given[i].writeBytes(values);
          set(one, i, values);
        }
        one.invoke();
        for (int o = 0; o < wanted.length; o++) {
          wanted[o].writeBytes(one.outputBytes(o));
        }
      }
      for (int run = 0; run < 2; run++) { // with nothing left of the run before
        for (int i = 0; i < given.length; i++) {
          set(several, i, given[i].toByteArray());
        }
        several.invoke();
        for (int o = 0; o < wanted.length; o++) {
          assertThat(several.outputBytes(o))
              .as("%s in batches on %s: %s", one.outputs().get(o).name(), kernels, batched)
              .isEqualTo(wanted[o].toByteArray());
        }
      }
    }
  }

  private Path exported(ExportOptions batched) {
    Path other = file.resolveSibling(file.getFileName() + "." + batched.batch());
    model.export(other, batched);
    return other;
  }

  private static ByteArrayOutputStream[] streams(int count) {
    return Stream.generate(ByteArrayOutputStream::new)
        .limit(count)
        .toArray(ByteArrayOutputStream[]::new);
  }

  /** Real numbers as an input holds them. */
  private static byte[] stored(TensorInfo input, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * input.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      int integer = input.isQuantized() ? Math.round(value / input.scale()) + input.zeroPoint() : 0;
      switch (input.type()) {
        case FLOAT32 -> bytes.putFloat(value);
        case INT32 -> bytes.putInt(Math.round(value));
        case INT16 -> bytes.putShort((short) integer);
        default -> bytes.put((byte) integer);
      }
    }
    return bytes.array();
  }

  private static void set(TfliteInterpreter interpreter, int input, byte[] values) {
    ByteBuffer bytes = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
    switch (interpreter.inputs().get(input).type()) {
      case FLOAT32 -> {
        float[] floats = new float[values.length / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        interpreter.setInput(input, floats);
      }
      case INT32 -> {
        int[] integers = new int[values.length / Integer.BYTES];
        bytes.asIntBuffer().get(integers);
        interpreter.setInput(input, integers);
      }
      default -> interpreter.setInput(input, values);
    }
  }

  TinyModel model() {
    return model;
  }

  Path file() {
    return file;
  }

  Encoding encoding(ActivationRange range) {
    return model.encoding(range);
  }

  /** Says of which range a float tensor's values are integers. */
  Parity grid(String tensor, ActivationRange range) {
    grids.put(tensor, range);
    return this;
  }

  /**
   * How the outputs of a model with one input and one output, both integers, compare with a formula
   * in place of the graph.
   *
   * @param formula from the input's integers to the output's
   */
  Agreement agreement(Kernels kernels, UnaryOperator<int[]> formula) {
    String input = model.graph().pass(Pass.QUANTIZED).inputs().keySet().iterator().next();
    LayerTensor tensor = model.graph().pass(Pass.QUANTIZED).tensors().get(input);
    Count count = new Count();
    try (var interpreter = TfliteInterpreter.open(file, kernels)) {
      run(
          List.of(input),
          (batch, tensors) -> {
            for (int e = 0; e < batch.count(); e++) {
              float[] x = example(tensors.get(0), e, batch.count());
              feed(Optional.empty(), interpreter, 0, x, x, tensor);
              interpreter.invoke();
              count.add(formula.apply(steps(x, encodingOf(tensor))), outputs(interpreter, 0, null));
            }
          });
    }
    return count.agreement();
  }

  /** Runs the quantized graph over the examples. */
  private void run(List<String> names, BiConsumer<Batch, List<float[]>> consumer) {
    Inference.run(
        model.graph(),
        examples,
        BATCH,
        List.of(new Inference.Query(Pass.QUANTIZED, names)),
        (batch, values) -> consumer.accept(batch, values.get(0)));
  }

  /** Adds up comparisons. */
  private static final class Count {
    private long values;
    private long different;
    private int largest;

    void add(int[] wanted, int[] actual) {
      assertThat(actual).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.length; i++) {
        int distance = Math.abs(wanted[i] - actual[i]);
        different += distance == 0 ? 0 : 1;
        largest = Math.max(largest, distance);
      }
      values += wanted.length;
    }

    Agreement agreement() {
      return new Agreement(values, different, largest);
    }
  }

  /** How each output compares. */
  Map<String, Agreement> agreements(Kernels kernels) {
    var pass = model.graph().pass(Pass.QUANTIZED);
    List<String> names = new ArrayList<>(pass.inputs().keySet());
    pass.outputs().values().forEach(output -> names.add(output.name()));
    int inputs = pass.inputs().size();
    Map<String, Count> counts = new LinkedHashMap<>();
    names.subList(inputs, names.size()).forEach(name -> counts.put(name, new Count()));
    try (var interpreter = TfliteInterpreter.open(file, kernels)) {
      Optional<Interpreter> plain = plain(kernels);
      run(
          names,
          (batch, tensors) -> {
            for (int e = 0; e < batch.count(); e++) {
              for (int i = 0; i < inputs; i++) {
                int size = batch.features(i).elements();
                float[] raw = Arrays.copyOfRange(batch.floats(i), e * size, (e + 1) * size);
                float[] onGrid = example(tensors.get(i), e, batch.count());
                feed(plain, interpreter, i, raw, onGrid, pass.tensors().get(names.get(i)));
              }
              interpreter.invoke();
              plain.ifPresent(engine -> computesTheSame(engine, interpreter));
              for (int o = inputs; o < names.size(); o++) {
                float[] y = example(tensors.get(o), e, batch.count());
                LayerTensor tensor = pass.tensors().get(names.get(o));
                Count count = counts.get(names.get(o));
                if (tensor.isIndices()) {
                  count.add(indices(y), ofIntegers(interpreter.outputBytes(o - inputs)));
                } else {
                  Encoding encoding = encodingOf(tensor);
                  count.add(steps(y, encoding), outputs(interpreter, o - inputs, encoding));
                }
              }
            }
          });
    }
    Map<String, Agreement> result = new LinkedHashMap<>();
    counts.forEach((name, count) -> result.put(name, count.agreement()));
    return result;
  }

  /** The encoding of a tensor, or where it is float that of the integers it was made of. */
  private Encoding encodingOf(LayerTensor tensor) {
    ActivationRange range = tensor.range() == null ? grids.get(tensor.name()) : tensor.range();
    return encodings.computeIfAbsent(range, model::encoding);
  }

  /** The engine that is compared with the built-in kernels. */
  private Optional<Interpreter> plain(Kernels kernels) {
    try {
      return kernels == Kernels.BUILT_IN
          ? Optional.of(TfliteModel.load(file).interpreter())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plain Java computes what the built-in kernels compute, to the bit. */
  private static void computesTheSame(Interpreter engine, TfliteInterpreter interpreter) {
    engine.run();
    for (int i = 0; i < interpreter.outputs().size(); i++) {
      assertThat(engine.outputBytes(i))
          .as("%s in plain Java", interpreter.outputs().get(i))
          .isEqualTo(interpreter.outputBytes(i));
    }
  }

  private void feed(
      Optional<Interpreter> plain,
      TfliteInterpreter interpreter,
      int input,
      float[] raw,
      float[] onGrid,
      LayerTensor tensor) {
    byte[] values =
        switch (interpreter.inputs().get(input).type()) {
          case FLOAT32, INT32 -> stored(interpreter.inputs().get(input), raw);
          case INT8 -> bytes(onGrid, encodingOf(tensor), 0);
          case UINT8 -> bytes(onGrid, encodingOf(tensor), 128);
          case INT16 -> shorts(onGrid, encodingOf(tensor));
          default -> throw new IllegalStateException("an input of no such type is exported");
        };
    interpreter.setInput(input, values);
    plain.ifPresent(engine -> engine.setInput(input, values));
  }

  private static int[] indices(float[] values) {
    int[] indices = new int[values.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = Math.round(values[i]);
    }
    return indices;
  }

  private static byte[] bytes(float[] values, Encoding encoding, int offset) {
    int[] steps = steps(values, encoding);
    byte[] bytes = new byte[steps.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (steps[i] + offset);
    }
    return bytes;
  }

  private static byte[] shorts(float[] values, Encoding encoding) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int step : steps(values, encoding)) {
      bytes.putShort((short) step);
    }
    return bytes.array();
  }

  private static int[] ofShorts(byte[] bytes) {
    int[] integers = new int[bytes.length / Short.BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.setAll(integers, i -> buffer.getShort(i * Short.BYTES));
    return integers;
  }

  private static int[] ofIntegers(byte[] bytes) {
    int[] integers = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(integers);
    return integers;
  }

  private static int[] outputs(TfliteInterpreter interpreter, int output, Encoding encoding) {
    return switch (interpreter.outputs().get(output).type()) {
      case FLOAT32 -> steps(interpreter.outputFloats(output), encoding);
      case INT8 -> integers(interpreter.outputBytes(output), 0);
      case UINT8 -> integers(interpreter.outputBytes(output), 128);
      case INT16 -> ofShorts(interpreter.outputBytes(output));
      default -> throw new IllegalStateException("an output of no such type is exported");
    };
  }

  private static int[] integers(byte[] bytes, int offset) {
    int[] integers = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      integers[i] = offset == 0 ? bytes[i] : (bytes[i] & 0xFF) - offset;
    }
    return integers;
  }

  /** Which integer each value stands for; the values must lie on the grid. */
  private static int[] steps(float[] values, Encoding encoding) {
    int[] steps = new int[values.length];
    for (int i = 0; i < steps.length; i++) {
      float exact = values[i] / encoding.scale();
      steps[i] = Math.round(exact);
      // Float arithmetic leaves 2^bits steps of 2^-24 relative error each way.
      float error = Math.max(1e-3f, (float) Math.scalb(1.0, encoding.bits() - 23));
      assertThat(Math.abs(exact - steps[i])).as("%s on its grid", values[i]).isLessThan(error);
      steps[i] += encoding.zeroPoint();
      int half = 1 << (encoding.bits() - 1);
      assertThat(steps[i]).isBetween(-half, half - 1);
    }
    return steps;
  }

  private static float[] example(float[] batch, int index, int count) {
    int size = batch.length / count;
    return Arrays.copyOfRange(batch, index * size, (index + 1) * size);
  }

  @Override
  public void close() {
    model.close();
    delete(file);
    inBatches.values().forEach(Parity::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
