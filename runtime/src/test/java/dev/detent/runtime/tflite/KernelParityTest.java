package dev.detent.runtime.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.internal.tflite.write.TfliteExporter;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.PoolStep;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ReferenceKernels.Shape;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Every int8 operation, exported alone and run in TFLite, against plain arithmetic. */
class KernelParityTest {
  private Random random;
  private FixedValues values;
  private NetworkBuilder n;
  private Encoding from;
  private Encoding to;

  @BeforeEach
  void begin(RepetitionInfo repetition) {
    random = new Random(repetition.getCurrentRepetition());
    values = new FixedValues();
    n = new NetworkBuilder();
    from = new Encoding(scale(), random.nextInt(256) - 128, 8);
    to = new Encoding(scale(), random.nextInt(256) - 128, 8);
  }

  @RepeatedTest(40)
  void convolution() {
    convolution(false);
  }

  @RepeatedTest(40)
  void depthwiseConvolution() {
    convolution(true);
  }

  private void convolution(boolean isDepthwise) {
    final Shape in = new Shape(6 + random.nextInt(6), 6 + random.nextInt(6), 1 + random.nextInt(8));
    int multiplier = 1 + random.nextInt(2);
    int height = 1 + random.nextInt(3);
    // XNNPACK computes strided 1xN kernels with SAME padding wrongly.
    int width = height == 1 ? 1 : 2 + random.nextInt(2);
    int dilation = random.nextInt(4) == 0 ? 2 : 1;
    int stride = dilation == 1 ? 1 + random.nextInt(2) : 1;
    Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
    int last = isDepthwise ? multiplier : 1 + random.nextInt(8);
    int channels = isDepthwise ? in.channels() * multiplier : last;
    to = new Encoding(from.scale() * 4, to.zeroPoint(), 8);
    LayerWeights weights = weights(channels, height, width, in.channels(), last);

    values.weights("conv", weights);
    Tensor x = input(in.height(), in.width(), in.channels());
    var step = isDepthwise ? n.depthwiseConv2d("conv", x) : n.conv2d("conv", x);
    n.output(
        "conv",
        step.kernel(weights.kernelShape())
            .strides(stride, stride)
            .dilations(dilation, dilation)
            .padding(padding)
            .activation(activation())
            .output(
                outputRange(),
                ReferenceKernels.outputSize(padding, in.height(), height, stride, dilation),
                ReferenceKernels.outputSize(padding, in.width(), width, stride, dilation),
                channels));
    var layer = (Operation.Weighted) n.build().operations().get(1);
    byte[] data = bytes(in.elements());
    // One value in some thousands differs by one: the matrix library of the built-in convolution
    // rounds the first of its two roundings its own way.
    assertClose(
        run(Kernels.BUILT_IN, data),
        ReferenceKernels.convolution(
            data, in, from, weights, layer, to, Requantization.FIXED_POINT));
    assertThat(run(Kernels.XNNPACK, data))
        .isEqualTo(
            ReferenceKernels.convolution(data, in, from, weights, layer, to, Requantization.FLOAT));
  }

  @RepeatedTest(40)
  void fullyConnected(RepetitionInfo repetition) {
    int inputs = 1 + random.nextInt(60);
    int units = 1 + random.nextInt(20);
    to = new Encoding(from.scale() * 4, to.zeroPoint(), 8);
    LayerWeights perChannel = weights(units, inputs, units);
    boolean isPerTensor = repetition.getCurrentRepetition() % 2 == 0;
    LayerWeights weights =
        isPerTensor
            ? LayerWeights.ofIntegers(
                perChannel.kernel(),
                perChannel.kernelShape(),
                Arrays.copyOf(perChannel.scales(), 1),
                random.nextBoolean() ? null : perChannel.bias(),
                8)
            : perChannel;
    values.weights("dense", weights);
    Activation activation = activation();
    n.output(
        "dense",
        n.fullyConnected("dense", input(inputs))
            .kernel(inputs, units)
            .activation(activation)
            .output(outputRange(), units));
    byte[] data = bytes(inputs);
    assertClose(
        run(Kernels.BUILT_IN, data),
        ReferenceKernels.fullyConnected(
            data, from, weights, activation, to, Requantization.FIXED_POINT));
    assertThat(run(Kernels.XNNPACK, data))
        .isEqualTo(
            ReferenceKernels.fullyConnected(
                data, from, weights, activation, to, Requantization.FLOAT));
  }

  @RepeatedTest(30)
  void add(RepetitionInfo repetition) {
    // Every third time with scales whose sums fall on ties.
    boolean hasTies = repetition.getCurrentRepetition() % 3 == 0;
    Encoding other = new Encoding(hasTies ? from.scale() : scale(), random.nextInt(256) - 128, 8);
    to = new Encoding(hasTies ? 2 * from.scale() : to.scale(), to.zeroPoint(), 8);
    Activation activation = activation();
    Tensor a = input(5, 5, 4);
    Tensor b =
        n.input("b").output(values.range("other", other.scale(), other.zeroPoint()), 5, 5, 4);
    n.output("sum", n.add("sum", a, b).activation(activation).output(outputRange(), 5, 5, 4));
    byte[] first = bytes(100);
    byte[] second = bytes(100);
    byte[] expected = ReferenceKernels.add(first, from, second, other, activation, to);
    byte[] builtIn = run(Kernels.BUILT_IN, first, second);
    assertThat(builtIn).isEqualTo(expected);
    byte[] real = new byte[100];
    byte[] halvesUp = new byte[100];
    for (int i = 0; i < real.length; i++) {
      double sum =
          ((double) from.scale() * (first[i] - from.zeroPoint())
                  + (double) other.scale() * (second[i] - other.zeroPoint()))
              / to.scale();
      real[i] =
          ReferenceKernels.clamped(ReferenceKernels.rounded(sum) + to.zeroPoint(), to, activation);
      halvesUp[i] =
          ReferenceKernels.clamped((int) Math.floor(sum + 0.5) + to.zeroPoint(), to, activation);
    }
    // The built-in kernel is the real sum with halves away from zero, XNNPACK with halves up.
    assertThat(builtIn).isEqualTo(real);
    assertClose(run(Kernels.XNNPACK, first, second), halvesUp);
  }

  @RepeatedTest(40)
  void pools() {
    Shape in = new Shape(3 + random.nextInt(8), 3 + random.nextInt(8), 1 + random.nextInt(12));
    int height = 1 + random.nextInt(3);
    int width = 1 + random.nextInt(3);
    int down = 1 + random.nextInt(3);
    int right = 1 + random.nextInt(3);
    Padding padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
    Activation activation = activation();
    byte[] data = bytes(in.elements());
    Tensor x = input(in.height(), in.width(), in.channels());
    for (PoolStep step : List.of(n.maxPool2d("max", x), n.averagePool2d("average", x))) {
      Tensor pooled =
          step.poolSize(height, width)
              .strides(down, right)
              .padding(padding)
              .activation(activation)
              .output(
                  x.range(),
                  ReferenceKernels.outputSize(padding, in.height(), height, down, 1),
                  ReferenceKernels.outputSize(padding, in.width(), width, right, 1),
                  in.channels());
      n.output(pooled.name(), pooled);
    }
    var pool = (Operation.Pool) n.build().operations().get(1);
    for (Kernels kernels : Kernels.values()) {
      try (var interpreter = open(kernels)) {
        assertThat(interpreter.run(new byte[][] {data}))
            .isEqualTo(ReferenceKernels.maxPool(data, in, pool, from));
        assertThat(interpreter.outputBytes(1))
            .isEqualTo(ReferenceKernels.averagePool(data, in, pool, from));
      }
    }
  }

  @RepeatedTest(40)
  void mean(RepetitionInfo repetition) {
    Shape in = new Shape(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(30));
    boolean keepsDims = repetition.getCurrentRepetition() % 2 == 0;
    to = new Encoding(from.scale() * (0.2f + random.nextFloat()), to.zeroPoint(), 8);
    byte[] data = bytes(in.elements());
    var mean = n.mean("mean", input(in.height(), in.width(), in.channels()));
    n.output(
        "mean",
        keepsDims
            ? mean.keepDims().output(outputRange(), 1, 1, in.channels())
            : mean.output(outputRange(), in.channels()));
    assertThat(run(Kernels.BUILT_IN, data))
        .isEqualTo(
            keepsDims
                ? ReferenceKernels.meanKeepingDims(data, in, from, to)
                : ReferenceKernels.mean(data, in, from, to));
    assertClose(run(Kernels.XNNPACK, data), ReferenceKernels.meanRoundedOnce(data, in, from, to));
  }

  @RepeatedTest(20)
  void softmax() {
    int classes = 2 + random.nextInt(30);
    ActivationRange range = ActivationRange.learned("softmax", 8);
    n.output("softmax", n.softmax("softmax", input(classes)).output(range, classes));
    byte[] data = bytes(classes);
    for (Kernels kernels : Kernels.values()) {
      assertThat(run(kernels, data)).isEqualTo(ReferenceKernels.softmax(data, from));
    }
  }

  @RepeatedTest(20)
  void reluAlone() {
    n.output("relu", n.unary("relu", UnaryKind.RELU, input(256)).output(outputRange(), 256));
    byte[] data = all();
    for (Kernels kernels : Kernels.values()) {
      assertThat(run(kernels, data))
          .isEqualTo(ReferenceKernels.rescaled(data, from, to, Activation.RELU));
    }
  }

  @RepeatedTest(20)
  void relu6Alone() {
    n.output("relu6", n.unary("relu6", UnaryKind.RELU6, input(256)).output(outputRange(), 256));
    byte[] data = all();
    for (Kernels kernels : Kernels.values()) {
      assertThat(run(kernels, data))
          .isEqualTo(ReferenceKernels.rescaled(data, from, to, Activation.RELU6));
    }
  }

  @RepeatedTest(20)
  void requantization() {
    n.output("quantize", n.quantize("quantize", input(256)).output(outputRange(), 256));
    byte[] data = all();
    byte[] expected = ReferenceKernels.rescaled(data, from, to, Activation.NONE);
    assertThat(run(Kernels.BUILT_IN, data)).isEqualTo(expected);
    // XNNPACK has 8 bits behind the point for the ratio of the scales: 128 steps times half of
    // 2^-8, and its own rounding.
    byte[] actual = run(Kernels.XNNPACK, data);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(2);
    }
  }

  @RepeatedTest(20)
  void quantizationAndBack() {
    Tensor quantized = n.quantize("integers", n.input("x").output(256)).output(outputRange(), 256);
    n.output("integers", quantized);
    n.output("floats", n.dequantize("floats", quantized).output(256));
    float[] data = new float[256];
    byte[] expected = new byte[256];
    float[] expectedFloats = new float[256];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian() * 80 * to.scale();
      expected[i] =
          ReferenceKernels.clamped(
              ReferenceKernels.rounded((double) data[i] / to.scale()) + to.zeroPoint(),
              to,
              Activation.NONE);
      expectedFloats[i] = to.dequantize(expected[i]);
    }
    for (Kernels kernels : Kernels.values()) {
      try (var interpreter = open(kernels)) {
        interpreter.setInput(0, data);
        interpreter.invoke();
        assertThat(interpreter.outputBytes(0)).isEqualTo(expected);
        assertThat(interpreter.outputFloats(1)).isEqualTo(expectedFloats);
      }
    }
  }

  @RepeatedTest(10)
  void movesOfData() {
    Tensor x = input(2, 3, 4);
    Tensor joined = n.concatenation("join", 3, x, x).output(x.range(), 2, 3, 8);
    n.output("padded", n.zeroPad2d("padded", x, 1, 0, 2, 1).output(3, 6, 4));
    n.output("flat", n.reshape("flat", joined).output(48));
    byte[] data = bytes(24);
    byte[] expectedPad = new byte[72];
    Arrays.fill(expectedPad, (byte) from.zeroPoint());
    byte[] expectedFlat = new byte[48];
    for (int y = 0; y < 2; y++) {
      System.arraycopy(data, y * 12, expectedPad, ((y + 1) * 6 + 2) * 4, 12);
    }
    for (int pixel = 0; pixel < 6; pixel++) {
      System.arraycopy(data, pixel * 4, expectedFlat, pixel * 8, 4);
      System.arraycopy(data, pixel * 4, expectedFlat, pixel * 8 + 4, 4);
    }
    for (Kernels kernels : Kernels.values()) {
      try (var interpreter = open(kernels)) {
        assertThat(interpreter.run(new byte[][] {data})).isEqualTo(expectedPad);
        assertThat(interpreter.outputBytes(1)).isEqualTo(expectedFlat);
      }
    }
  }

  private Tensor input(int... shape) {
    return n.input("x").output(values.range("from", from.scale(), from.zeroPoint()), shape);
  }

  private ActivationRange outputRange() {
    return values.range("to", to.scale(), to.zeroPoint());
  }

  private TfliteInterpreter open(Kernels kernels) {
    return TfliteInterpreter.open(
        TfliteExporter.toBytes(n.build(), values, ExportOptions.int8()), kernels);
  }

  private byte[] run(Kernels kernels, byte[]... inputs) {
    try (var interpreter = open(kernels)) {
      return interpreter.run(inputs);
    }
  }

  private LayerWeights weights(int channels, int... shape) {
    float[] kernel = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = random.nextInt(255) - 127;
    }
    float[] scales = new float[channels];
    float[] bias = new float[channels];
    for (int i = 0; i < channels; i++) {
      scales[i] = scale() / 20;
      bias[i] = random.nextInt(20_001) - 10_000;
    }
    return LayerWeights.ofIntegers(kernel, shape, scales, bias, 8);
  }

  private Activation activation() {
    return Activation.values()[random.nextInt(Activation.values().length)];
  }

  private float scale() {
    return (float) Math.exp(random.nextDouble() * 3 - 4);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] all() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  /** No value is more than one step off, and at most one in a hundred, or one in all. */
  private static void assertClose(byte[] actual, byte[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    int different = 0;
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(1);
      different += actual[i] == expected[i] ? 0 : 1;
    }
    assertThat(different).isLessThanOrEqualTo(Math.max(1, actual.length / 100));
  }
}
