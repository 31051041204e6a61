package dev.detent.runtime.internal.tflite.interpreter;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.internal.tflite.write.TfliteExporter;
import dev.detent.runtime.internal.tflite.write.TrainedValues;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ExportOptions;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.ModelT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorT;

/** Small models of several kinds, and ways to damage their files. */
final class AlteredFiles {
  private static final int[] SIZES = {
    -1, 0, 1, 2, 3, 7, 255, 4096, 65536, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
  };
  private static final float[] SCALES = {
    0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e-38f, 1e-10f, 1, 1e10f, 1e38f
  };
  private static final long[] ZERO_POINTS = {
    -129, -128, 0, 127, 128, 255, 1000, 1L << 31, 1L << 32, Long.MIN_VALUE
  };

  static final List<byte[]> MODELS =
      List.of(
          new Corpus(8, 8).picture(),
          new Corpus(8, 4).picture(),
          new Corpus(16, 8).picture(),
          new Corpus(0, 0).picture(),
          new Corpus(8, 8).sequence(),
          new Corpus(0, 0).sequence(),
          new Corpus(8, 8).attention(),
          new Corpus(0, 0).attention());

  private AlteredFiles() {}

  /** The file of that number: always the same. */
  static byte[] file(int number) {
    Random random = new Random(number);
    byte[] model = MODELS.get(number % MODELS.size());
    return switch (random.nextInt(8)) {
      case 0, 1 -> bytes(model, random);
      case 2 -> Arrays.copyOf(model, random.nextInt(model.length));
      default -> tables(model, random);
    };
  }

  private static byte[] bytes(byte[] model, Random random) {
    byte[] altered = model.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(altered.length / 4) * 4;
      switch (random.nextInt(3)) {
        case 0 -> altered[at + random.nextInt(4)] = (byte) random.nextInt();
        case 1 -> altered[at + random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
        default ->
            ByteBuffer.wrap(altered).order(ByteOrder.LITTLE_ENDIAN).putInt(at, any(SIZES, random));
      }
    }
    return altered;
  }

  private static byte[] tables(byte[] bytes, Random random) {
    ModelT model =
        Model.getRootAsModel(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)).unpack();
    for (int n = random.nextInt(4) / 3; n >= 0; n--) {
      alter(model, random);
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    Model.finishModelBuffer(builder, Model.pack(builder, model));
    return builder.sizedByteArray();
  }

  private static void alter(ModelT model, Random random) {
    SubGraphT graph = model.getSubgraphs()[0];
    TensorT tensor = graph.getTensors()[random.nextInt(graph.getTensors().length)];
    OperatorT operator = graph.getOperators()[random.nextInt(graph.getOperators().length)];
    int anyTensor = random.nextInt(graph.getTensors().length + 2) - 1;
    switch (random.nextInt(16)) {
      case 0 -> element(tensor.getShape(), any(SIZES, random), random);
      case 1 -> tensor.setShape(random.ints(random.nextInt(6), 0, 9).toArray());
      case 2 -> tensor.setType((byte) random.nextInt(20));
      case 3 -> tensor.setBuffer(random.nextInt(model.getBuffers().length + 1));
      case 4 -> tensor.setQuantization(null);
      case 5 -> {
        if (tensor.getQuantization() != null && tensor.getQuantization().getScale() != null) {
          float[] scales = tensor.getQuantization().getScale();
          scales[random.nextInt(scales.length)] = SCALES[random.nextInt(SCALES.length)];
        }
      }
      case 6 -> {
        if (tensor.getQuantization() != null) {
          tensor
              .getQuantization()
              .setZeroPoint(new long[] {ZERO_POINTS[random.nextInt(ZERO_POINTS.length)]});
          tensor.getQuantization().setQuantizedDimension(any(SIZES, random));
        }
      }
      case 7 -> element(operator.getInputs(), anyTensor, random);
      case 8 -> element(operator.getOutputs(), anyTensor, random);
      case 9 -> operator.setOpcodeIndex(random.nextInt(model.getOperatorCodes().length + 1));
      case 10 -> option(operator, random);
      case 11 -> {
        int[] data = model.getBuffers()[random.nextInt(model.getBuffers().length)].getData();
        for (int n = 0; data != null && n < 4; n++) {
          element(data, random.nextInt(256), random);
        }
      }
      case 12 -> {
        var code = model.getOperatorCodes()[random.nextInt(model.getOperatorCodes().length)];
        int other = random.nextInt(BuiltinOperator.names.length);
        code.setBuiltinCode(other);
        code.setDeprecatedBuiltinCode((byte) Math.min(other, 127));
      }
      case 13 -> operator.setInputs(Arrays.copyOf(operator.getInputs(), random.nextInt(4)));
      case 14 ->
          element(random.nextBoolean() ? graph.getInputs() : graph.getOutputs(), anyTensor, random);
      default -> {
        OperatorT first = graph.getOperators()[0];
        graph.getOperators()[0] = operator;
        graph.getOperators()[graph.getOperators().length - 1] = first;
      }
    }
  }

  /** One number among an operation's options: strides, axes, block sizes, activations. */
  private static void option(OperatorT operator, Random random) {
    Object options =
        operator.getBuiltinOptions() == null ? null : operator.getBuiltinOptions().getValue();
    if (options == null) {
      operator.setBuiltinOptions(null);
      return;
    }
    Method[] setters =
        Arrays.stream(options.getClass().getMethods())
            .filter(method -> method.getName().startsWith("set"))
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
            .toArray(Method[]::new);
    if (setters.length == 0) {
      return;
    }
    Method setter = setters[random.nextInt(setters.length)];
    Class<?> type = setter.getParameterTypes()[0];
    int number = any(SIZES, random);
    Object value =
        type == int.class
            ? (Object) number
            : type == byte.class
                ? (Object) (byte) number
                : type == boolean.class ? (Object) (number > 0) : (Object) (float) number;
    try {
      if (type != int[].class) {
        setter.invoke(options, value);
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static void element(int[] array, int value, Random random) {
    if (array != null && array.length > 0) {
      array[random.nextInt(array.length)] = value;
    }
  }

  private static int any(int[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  /** Writes models with 8 or 16 bits for activations, and 4 or 8 for weights; with 0 in float. */
  private static final class Corpus implements TrainedValues {
    private final int bits;
    private final int weightBits;
    private final Random random = new Random(1);
    private final NetworkBuilder n = new NetworkBuilder();
    private final Map<String, LayerWeights> weights = new HashMap<>();

    Corpus(int bits, int weightBits) {
      this.bits = bits;
      this.weightBits = weightBits;
    }

    byte[] picture() {
      Tensor image = n.input("image").output(range("image"), 8, 8, 3);
      Tensor conv =
          n.conv2d("conv", image)
              .kernel(kernel("conv", 4, 3, 3, 3, 4))
              .padding(Padding.SAME)
              .activation(Activation.RELU)
              .output(range("tied"), 8, 8, 4);
      Tensor depth =
          n.depthwiseConv2d("depth", conv)
              .kernel(kernel("depth", 4, 3, 3, 4, 1))
              .padding(Padding.SAME)
              .output(range("tied"), 8, 8, 4);
      Tensor sum = n.add("sum", conv, depth).output(range("tied"), 8, 8, 4);
      Tensor both = n.concatenation("both", 3, conv, sum).output(range("tied"), 8, 8, 8);
      Tensor pool = n.maxPool2d("pool", both).output(range("tied"), 4, 4, 8);
      return classes(n.reshape("flat", pool).output(128));
    }

    byte[] sequence() {
      Tensor x = n.input("x").output(range("x"), 5, 3);
      kernel("lstm/kernel", 16, 3, 16);
      kernel("lstm/recurrent_kernel", 16, 4, 16);
      ActivationRange states = ActivationRange.fixed("states", 8, 1.0 / 128, 0);
      Tensor all = n.lstm("lstm", x).units(4).output(states, 5, 4);
      return classes(n.lastStep("last", all).output(4));
    }

    byte[] attention() {
      Tensor x = n.input("x").output(range("x"), 4, 6);
      Tensor scores = n.batchMatMul("scores", x, x).transposeB().output(range("scores"), 4, 4);
      Tensor shares = n.softmax("shares", scores).output(range("shares"), 4, 4);
      Tensor mixed = n.batchMatMul("mixed", shares, x).output(range("mixed"), 4, 6);
      return classes(n.reshape("flat", mixed).output(24));
    }

    private byte[] classes(Tensor x) {
      Tensor logits =
          n.fullyConnected("logits", x)
              .kernel(kernel("logits", 3, x.elements(), 3))
              .output(range("logits"), 3);
      n.output("classes", n.softmax("classes", logits).output(range("classes"), 3));
      return TfliteExporter.toBytes(
          n.build(), this, bits == 0 ? ExportOptions.floating() : ExportOptions.int8());
    }

    private ActivationRange range(String name) {
      return bits == 16
          ? ActivationRange.learned(name, 16).symmetric()
          : ActivationRange.learned(name, 8);
    }

    /**
     * With a bias for each output channel, and a scale; an LSTM's has one for each gate.
     *
     * @return the shape
     */
    private int[] kernel(String name, int channels, int... shape) {
      float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      float[] scales = new float[name.startsWith("lstm") ? 4 : channels];
      Arrays.fill(scales, 0.01f);
      float[] bias = new float[channels];
      int width = name.equals("conv") ? weightBits : 8;
      int largest = width == 4 ? 7 : 127;
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(2 * largest + 1) - largest;
      }
      weights.put(
          name,
          bits == 0
              ? LayerWeights.ofFloats(values, shape, bias)
              : LayerWeights.ofIntegers(values, shape, scales, bias, width));
      return shape;
    }

    @Override
    public LayerWeights weights(String layer) {
      return weights.get(layer);
    }

    @Override
    public Encoding encoding(ActivationRange range) {
      return new Encoding(0.05f, range.bits() == 16 ? 0 : -5, range.bits());
    }
  }
}
