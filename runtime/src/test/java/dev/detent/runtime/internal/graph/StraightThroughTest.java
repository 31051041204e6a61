package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Layers that follow the integer kernels' rounding have the gradient of the real operation where
 * their output is inside its range, and none where it is outside.
 */
class StraightThroughTest {
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);
  private static final ActivationRange Z = ActivationRange.learned("z", 8);

  @Test
  void meanSharesTheGradientOut() {
    for (boolean keepDims : new boolean[] {false, true}) {
      float[] gradient =
          gradientOfBias(
              (n, y) ->
                  keepDims
                      ? n.mean("z", y).keepDims().output(Z, 1, 1, 3)
                      : n.mean("z", y).output(Z, 3),
              -1,
              1);
      // A bias is in all pixels of its channel, so in their mean once; each of 3 outputs adds one.
      assertThat(gradient).containsExactly(1, 1, 1);
    }
  }

  @Test
  void meanOutsideItsRangeHasNoGradient() {
    float[] gradient = gradientOfBias((n, y) -> n.mean("z", y).output(Z, 3), -0.6f, 0.6f);
    assertThat(gradient).containsExactly(0, 1, 0);
  }

  @Test
  void averagePoolSharesTheGradientOut() {
    float[] gradient = gradientOfBias((n, y) -> n.averagePool2d("z", y).output(Y, 1, 1, 3), -1, 1);
    assertThat(gradient).containsExactly(1, 1, 1);
  }

  @Test
  void reluAlonePassesPositiveValues() {
    float[] gradient =
        gradientOfBias((n, y) -> n.unary("z", UnaryKind.RELU, y).output(Z, 2, 2, 3), -1, 1);
    assertThat(gradient).containsExactly(0, 4, 4);
  }

  @Test
  void relu6AlonePassesPositiveValues() {
    float[] gradient =
        gradientOfBias((n, y) -> n.unary("z", UnaryKind.RELU6, y).output(Z, 2, 2, 3), -1, 1);
    assertThat(gradient).containsExactly(0, 4, 4);
  }

  @Test
  void requantizationPassesWhatFits() {
    assertThat(gradientOfBias((n, y) -> n.quantize("z", y).output(Z, 2, 2, 3), -1, 1))
        .containsExactly(4, 4, 4);
    assertThat(gradientOfBias((n, y) -> n.quantize("z", y).output(Z, 2, 2, 3), -0.6f, 1))
        .containsExactly(0, 4, 4);
  }

  /**
   * The gradient of the sum of all outputs towards the bias of a convolution in front, whose three
   * channels are -0.75, 0.25 and 0.75 in all of 2 by 2 pixels.
   */
  private static float[] gradientOfBias(
      BiFunction<NetworkBuilder, Tensor, Tensor> layer, float lowest, float highest) {
    try (TinyModel model =
        new TinyModel(
            n -> {
              Tensor x = n.input("x").output(X, 2, 2, 1);
              Tensor y =
                  n.conv2d("y", x)
                      .kernel(1, 1, 1, 3)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(WeightQuantization.perChannel(8))
                      .output(Y, 2, 2, 3);
              n.output("z", layer.apply(n, y));
            },
            1)) {
      model.variables();
      model.set("y/kernel", 0, 0, 0);
      model.set("y/bias", -0.75f, 0.25f, 0.75f);
      model.set("y/range/min", -1);
      if (model.graph().variables().find("z/range/min") != null) {
        model.set("z/range/min", lowest);
        model.set("z/range/max", highest);
      }
      PassGraph pass = model.graph().pass(Pass.QAT_FROZEN);
      var tf = model.graph().ops();
      LayerTensor output = pass.outputs().get("z");
      int[] axes = new int[output.shape().length + 1];
      for (int i = 0; i < axes.length; i++) {
        axes[i] = i;
      }
      var sum = tf.reduceSum(output.operand(), tf.constant(axes));
      var bias = pass.trainable().get(model.graph().variables().find("y/bias"));
      var gradient = tf.gradients(sum, List.of(bias)).<TFloat32>dy(0);
      try (TFloat32 x =
              TFloat32.tensorOf(Shape.of(1, 2, 2, 1), DataBuffers.of(new float[4], false, false));
          Result result =
              model
                  .graph()
                  .session()
                  .runner()
                  .feed(pass.inputs().get("x").value(), x)
                  .fetch(gradient)
                  .run()) {
        return Tensors.toArray((TFloat32) result.get(0));
      }
    }
  }
}
