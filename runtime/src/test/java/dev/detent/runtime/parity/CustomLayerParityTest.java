package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.layer.ComposedLayer;
import dev.detent.runtime.layer.Computation;
import dev.detent.runtime.layer.CustomOperation;
import dev.detent.runtime.layer.FlexOptions;
import dev.detent.runtime.layer.LayerImplementation;
import dev.detent.runtime.layer.LayerSite;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Step;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.KernelRange;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.Site;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.quantizer.WeightQuantizer;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Layers of the user's own: composed ones as the real TFLite computes them, and custom operations.
 */
class CustomLayerParityTest {
  private static final int SIZE = 6;
  private static final int CHANNELS = 8;
  private static final int EXAMPLES = 60;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final WeightQuantization LEARNED =
      WeightQuantization.perChannel(8).quantizer(LearnedStep::new);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  /** A user's quantizer: a quarter of the integers stays free for what training may add. */
  private static final class Headroom implements WeightQuantizer {
    private static final float FACTOR = 1.25f;

    @Override
    public Grid grid(Site site) {
      var tf = site.tf();
      var largest = site.max(tf.math.abs(site.weights()));
      var scale = tf.math.mul(largest, tf.constant(FACTOR / site.highest()));
      return Grid.of(site, tf.math.maximum(scale, tf.constant(Grid.SMALLEST_SCALE)));
    }
  }

  /** A factor for each channel, as a depthwise kernel of one pixel. */
  private static final class ChannelGain implements ComposedLayer {
    @Override
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return n.depthwiseConv2d(site.name(), x)
          .kernel(site.weight("kernel"))
          .batchNorm(site.batchNorm())
          .activation(site.activation())
          .output(site.output(), x.shape());
    }
  }

  /** Two convolutions, the first in a range of its own inside of the layer. */
  private static final class Bottleneck implements ComposedLayer {
    @Override
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      Tensor squeezed =
          n.conv2d(site.name("squeeze"), inputs.get(0))
              .kernel(site.weight("squeeze"))
              .bias(site.weight("bias"))
              .activation(Activation.RELU)
              .output(site.range("squeeze"), SIZE, SIZE, 2);
      return n.conv2d(site.name(), squeezed)
          .kernel(site.weight("expand"))
          .output(site.output(), site.shape());
    }
  }

  /** The input times what one of the functions whose range TFLite prescribes makes of it. */
  private record Gated(KernelRange function, boolean isAtTheEnd) implements ComposedLayer {
    @Override
    public Tensor build(NetworkBuilder n, LayerSite site, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      String name = isAtTheEnd ? site.name() : site.name("gate");
      Step step =
          switch (function) {
            case LOGISTIC -> n.unary(name, UnaryKind.LOGISTIC, x);
            case TANH -> n.unary(name, UnaryKind.TANH, x);
            case SOFTMAX -> n.softmax(name, x);
            case LOG_SOFTMAX -> n.unary(name, UnaryKind.LOG_SOFTMAX, x);
            case L2_NORMALIZATION -> n.unary(name, UnaryKind.L2_NORMALIZATION, x);
          };
      Tensor gate = step.output(isAtTheEnd ? site.output() : site.range("gate"), site.shape());
      return isAtTheEnd
          ? gate
          : n.multiply(site.name(), x, gate).output(site.output(), site.shape());
    }
  }

  /** A custom operation with a quantized weight and a float one. */
  private static final class Gate implements CustomOperation {
    @Override
    public Operand<TFloat32> compute(Computation c, LayerSite site) {
      var factor = c.weight(site.weight("factor"));
      var shift = c.weight(site.weight("shift"));
      return c.tf().math.add(c.tf().math.mul(c.inputs().get(0), factor), shift);
    }

    @Override
    public String code(LayerSite site) {
      return "DetentGate";
    }

    @Override
    public byte[] options(LayerSite site) {
      return new FlexOptions().put("slope", 0.5).put("size", 3).put("on", true).toBytes();
    }
  }

  private static TinyModel model(LayerImplementation implementation, LayerSite.Builder site) {
    return model((n, x) -> site.build(n, "Own", implementation, x));
  }

  private static TinyModel model(BiFunction<NetworkBuilder, Tensor, Tensor> y) {
    return new TinyModel(
            n -> n.output("y", y.apply(n, n.input("x").output(X, SIZE, SIZE, CHANNELS))), 3)
        .shuffled(new Random(8));
  }

  private static LayerSite.Builder site() {
    return LayerSite.of("y", SIZE, SIZE, CHANNELS).output(Y);
  }

  private static float[][] data() {
    return Parity.gaussian(new Random(4), EXAMPLES, 0.3, 1, SIZE * SIZE * CHANNELS);
  }

  private static LayerSite.Builder gain() {
    return site()
        .weight(
            "kernel",
            Initializer.ONES,
            WeightQuantization.perChannel(8).quantizer(Headroom::new),
            1,
            1,
            CHANNELS,
            1);
  }

  @ParameterizedTest
  // Behind RELU_N1_TO_1 the sums are much larger than the range, so that both roundings of the
  // built-in kernels show: WeightedLayerPropertyTest has it, with the share that follows.
  @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "RELU_N1_TO_1")
  void aComposedLayerWithItsOwnQuantizerIsWhatTfliteComputes(Activation activation) {
    LayerSite.Builder site = gain().activation(activation).batchNorm(0.9, 1e-3, true, true);
    try (Parity parity = Parity.of(model(new ChannelGain(), site), data())) {
      parity.holds();
    }
  }

  /** Two operations of a custom layer are to the bit what they are as layers of a model. */
  @Test
  void aLayerOfTwoOperationsIsDeployedAsTheTwoAre() throws IOException {
    LayerSite.Builder site =
        site()
            .weight("squeeze", Initializer.GLOROT_UNIFORM, LEARNED, 1, 1, CHANNELS, 2)
            .weight("bias", Initializer.ZEROS, 2)
            .weight("expand", Initializer.GLOROT_UNIFORM, LEARNED, 1, 1, 2, CHANNELS);
    try (Parity custom = Parity.of(model(new Bottleneck(), site), data());
        Parity plain = Parity.of(twoLayers(), data())) {
      assertThat(Files.readAllBytes(custom.file())).isEqualTo(Files.readAllBytes(plain.file()));
      TfliteModelInfo info = TfliteFile.info(custom.file());
      assertThat(info.tensor("y/squeeze").orElseThrow().type()).isEqualTo(ValueType.INT8);
      assertThat(info.histogram()).hasSize(1).containsEntry("CONV_2D", 2);
    }
  }

  private static TinyModel twoLayers() {
    ActivationRange between = ActivationRange.learned("y/squeeze", 8);
    return model(
        (n, x) -> {
          Tensor squeezed =
              n.conv2d("y/squeeze", x)
                  .kernel(1, 1, CHANNELS, 2)
                  .quantizeKernel(LEARNED)
                  .bias(Initializer.ZEROS)
                  .activation(Activation.RELU)
                  .output(between, SIZE, SIZE, 2);
          return n.conv2d("y", squeezed)
              .kernel(1, 1, 2, CHANNELS)
              .quantizeKernel(LEARNED)
              .output(Y, SIZE, SIZE, CHANNELS);
        });
  }

  /** Whatever range the layer asks for, the tensor has the one that the kernel prescribes. */
  @ParameterizedTest
  @EnumSource(KernelRange.class)
  void aFunctionInsideHasTheRangeOfItsKernel(KernelRange function) {
    try (Parity parity = Parity.of(model(new Gated(function, false), site()), data())) {
      TensorInfo gate = TfliteFile.info(parity.file()).tensor("y/gate").orElseThrow();
      assertThat(gate.scale()).isEqualTo((float) function.scale());
      assertThat(gate.zeroPoint()).isEqualTo(function.zeroPoint());
      parity.holds(Kernels.BUILT_IN);
      parity.atMost(Kernels.XNNPACK, 2 * (1 - Parity.SHARE)); // of two operations
    }
  }

  /** What stands behind the layer is placed by what its annotation says of the output. */
  @ParameterizedTest
  @EnumSource(KernelRange.class)
  void aFunctionAtTheEndNeedsTheRangeOfItsKernel(KernelRange function) {
    assertThatThrownBy(() -> model(new Gated(function, true), site()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "layer 'y' (@Own): Gated ends in an operation whose output TensorFlow Lite fixes to"
                + " the scale "
                + function.scale()
                + " and the zero point "
                + function.zeroPoint()
                + ", but its annotation leaves the range to be learned. Declare range ="
                + " OutputRange.FIXED, scale = "
                + function.scale()
                + ", zeroPoint = "
                + function.zeroPoint()
                + " in @CustomLayer");
    ActivationRange fixed = ActivationRange.fixed("y", 8, function.scale(), function.zeroPoint());
    LayerSite.Builder declared = LayerSite.of("y", SIZE, SIZE, CHANNELS).output(fixed);
    try (Parity parity = Parity.of(model(new Gated(function, true), declared), data())) {
      parity.holds();
    }
  }

  /** A range that is fixed to something else is not handed out. */
  @Test
  void aRangeThatTheKernelDoesNotHaveIsNotExported() {
    ActivationRange other = ActivationRange.fixed("y", 8, 1.0 / 64, -128);
    LayerSite.Builder site = LayerSite.of("y", SIZE, SIZE, CHANNELS).output(other);
    TinyModel model = model(new Gated(KernelRange.LOGISTIC, true), site);
    assertThatThrownBy(() -> Parity.of(model, data()).close())
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("Tiny cannot be exported")
        .hasMessageContaining("LOGISTIC")
        .hasMessageContaining("'y'")
        .hasMessageContaining("0.015625")
        .hasMessageContaining("0.00390625");
    model.close();
  }

  @Test
  void aCustomOperationExportsItsCodeAndWeights() {
    try (Parity parity = Parity.of(model(new Gate(), gate()), data())) {
      TfliteModelInfo info = TfliteFile.info(parity.file());
      assertThat(info.histogram()).containsOnlyKeys("DetentGate");
      TensorInfo factor = info.tensor("y/factor").orElseThrow();
      assertThat(factor.type()).isEqualTo(ValueType.INT8);
      assertThat(factor.scales()).hasSize(1);
      assertThat(info.tensor("y/shift").orElseThrow().type()).isEqualTo(ValueType.FLOAT32);
      assertThat(info.operations().get(0).inputs())
          .extracting(i -> info.tensors().get(i).name())
          .containsExactly("x", "y/factor", "y/shift");
    }
  }

  private static LayerSite.Builder gate() {
    return site()
        .weight("factor", Initializer.ONES, WeightQuantization.perTensor(8), CHANNELS)
        .weight("shift", Initializer.ZEROS, CHANNELS);
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void tfliteSaysThatItHasNoSuchKernel(Kernels kernels) {
    try (Parity parity = Parity.of(model(new Gate(), gate()), data())) {
      assertThatThrownBy(() -> TfliteInterpreter.open(parity.file(), kernels).close())
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("has the custom operation 'DetentGate'")
          .hasMessageContaining("AddCustom");
    }
  }

  @Test
  void anotherShapeThanTheDeclaredOneIsAnErrorWithBoth() {
    LayerSite.Builder site =
        LayerSite.of("y", SIZE, SIZE, 2 * CHANNELS)
            .output(Y)
            .weight("kernel", Initializer.ONES, 1, 1, CHANNELS, 1);
    assertThatThrownBy(() -> model(new ChannelGain(), site))
        .hasMessage(
            "layer 'y' (@Own): ChannelGain builds an output of shape [6, 6, 8], but its"
                + " annotation declares [6, 6, 16]. Correct 'outputShape' of @CustomLayer, or"
                + " what the class builds");
  }

  @Test
  void weightsAreThoseThatAreDeclared() {
    assertThatThrownBy(() -> model(new ChannelGain(), site()))
        .hasMessageContaining("asks for the weight 'kernel', but its annotation declares none");
    assertThatThrownBy(
            () -> model(new ChannelGain(), gain().weight("other", Initializer.ONES, CHANNELS)))
        .hasMessageContaining("never asks for the weight 'other'");
  }
}
