package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.graph.Pass;
import dev.detent.runtime.layer.ComposedLayer;
import dev.detent.runtime.layer.CustomOperation;
import dev.detent.runtime.layer.LayerImplementation;
import dev.detent.runtime.layer.LayerSite;
import dev.detent.runtime.layer.PlacedLayer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.export.FlexOptions;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.tflite.interpreter.Kernels;
import dev.detent.runtime.tflite.interpreter.TensorInfo;
import dev.detent.runtime.tflite.interpreter.TfliteInterpreter;
import dev.detent.runtime.tflite.interpreter.TfliteModelInfo;
import dev.detent.runtime.tflite.interpreter.ValueType;
import java.util.List;
import java.util.Random;
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
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  /** A factor for each channel, as a depthwise kernel of one pixel. */
  private static final class ChannelGain implements ComposedLayer {
    @Override
    public LayerTensor graph(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
      return g.depthwiseConv2d(site.name(), inputs.get(0))
          .kernel(site.weight("kernel"))
          .batchNorm(site.batchNorm())
          .activation(site.activation())
          .output(site.output());
    }

    @Override
    public PlanTensor plan(PlanBuilder p, LayerSite site, List<PlanTensor> inputs) {
      return p.depthwiseConv2d(site.name(), inputs.get(0))
          .activation(site.activation())
          .output(site.output(), site.shape());
    }
  }

  /** Two convolutions, the first in a range of its own inside of the layer. */
  private static final class Bottleneck implements ComposedLayer {
    @Override
    public LayerTensor graph(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
      LayerTensor squeezed =
          g.conv2d(site.name("squeeze"), inputs.get(0))
              .kernel(site.weight("squeeze"))
              .bias(site.weight("bias"))
              .activation(Activation.RELU)
              .output(site.range("squeeze"));
      return g.conv2d(site.name(), squeezed).kernel(site.weight("expand")).output(site.output());
    }

    @Override
    public PlanTensor plan(PlanBuilder p, LayerSite site, List<PlanTensor> inputs) {
      PlanTensor squeezed =
          p.conv2d(site.name("squeeze"), inputs.get(0))
              .activation(Activation.RELU)
              .output(site.range("squeeze"), SIZE, SIZE, 2);
      return p.conv2d(site.name(), squeezed).output(site.output(), site.shape());
    }
  }

  /** A custom operation with a quantized weight and a float one. */
  private static final class Gate implements CustomOperation {
    @Override
    public Operand<TFloat32> compute(GraphBuilder g, LayerSite site, List<LayerTensor> inputs) {
      var tf = g.ops(site.name());
      var factor = g.weight(site.name(), site.weight("factor"));
      var shift = g.weight(site.name(), site.weight("shift"));
      return tf.math.add(tf.math.mul(inputs.get(0).operand(), factor), shift);
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
    PlacedLayer layer = PlacedLayer.of("Own", implementation, site);
    return new TinyModel(
            g -> g.output("y", layer.graph(g, g.input("x", SIZE, SIZE, CHANNELS).output(X))),
            p -> p.output("y", layer.plan(p, p.input("x", SIZE, SIZE, CHANNELS).output(X))),
            3)
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
            WeightQuantization.perChannel(8).quantizer(LearnedStep::new),
            1,
            1,
            CHANNELS,
            1);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void aComposedLayerWithItsOwnQuantizerIsWhatTfliteComputes(Activation activation) {
    LayerSite.Builder site = gain().activation(activation).batchNorm(0.9, 1e-3, true, true);
    try (Parity parity = Parity.of(model(new ChannelGain(), site), data())) {
      parity.holds();
    }
  }

  /** Each of the two operations by itself would be within 1%; a step of the first spreads. */
  @Test
  void tensorsInsideOfALayerAreQuantizedToo() {
    LayerSite.Builder site =
        site()
            .weight(
                "squeeze",
                Initializer.GLOROT_UNIFORM,
                WeightQuantization.perChannel(8),
                1,
                1,
                CHANNELS,
                2)
            .weight("bias", Initializer.ZEROS, 2)
            .weight(
                "expand",
                Initializer.GLOROT_UNIFORM,
                WeightQuantization.perChannel(8),
                1,
                1,
                2,
                CHANNELS);
    try (Parity parity = Parity.of(model(new Bottleneck(), site), data())) {
      parity.holds();
      TensorInfo inside = TfliteModelInfo.of(parity.file()).tensor("y/squeeze").orElseThrow();
      assertThat(inside.type()).isEqualTo(ValueType.INT8);
      assertThat(TfliteModelInfo.of(parity.file()).histogram())
          .containsOnlyKeys("CONV_2D")
          .containsEntry("CONV_2D", 2);
    }
  }

  @Test
  void aCustomOperationExportsItsCodeAndWeights() {
    try (Parity parity = Parity.of(model(new Gate(), gate()), data())) {
      TfliteModelInfo info = TfliteModelInfo.of(parity.file());
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
    try (TinyModel model = model(new ChannelGain(), site)) {
      assertThatThrownBy(() -> model.graph().pass(Pass.FLOAT))
          .hasMessage(
              "layer 'y' (@Own): ChannelGain builds an output of shape [6, 6, 8], but its"
                  + " annotation declares [6, 6, 16]. Correct 'outputShape' of @CustomLayer, or"
                  + " what the class builds");
    }
  }

  @Test
  void weightsAreThoseThatAreDeclared() {
    try (TinyModel model = model(new ChannelGain(), site())) {
      assertThatThrownBy(() -> model.graph().pass(Pass.FLOAT))
          .hasMessageContaining("asks for the weight 'kernel', but its annotation declares none");
    }
    try (TinyModel model =
        model(new ChannelGain(), gain().weight("other", Initializer.ONES, CHANNELS))) {
      assertThatThrownBy(() -> model.graph().pass(Pass.FLOAT))
          .hasMessageContaining("never asks for the weight 'other'");
    }
  }
}
