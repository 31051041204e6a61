package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.WeightedStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Two layers with one set of variables. */
class SharedWeightsTest {
  private static final double MOMENTUM = 0.9;

  /** As in Keras, where a layer that is called twice brings its statistics up to date twice. */
  @Test
  void statisticsFollowOneUseAfterTheOther() {
    try (TinyModel model = siamese()) {
      PassGraph pass = model.graph().pass(Pass.FLOAT_TRAINING);
      List<Update> updates = pass.statisticUpdates();
      assertThat(updates)
          .extracting(update -> update.variable().name())
          .containsExactly("left/moving_mean", "left/moving_variance");
      model.set("left/kernel", 2);
      try (TFloat32 left = values(1, 2, 6);
          TFloat32 right = values(-3, 4, 5);
          Result result =
              model
                  .graph()
                  .session()
                  .runner()
                  .feed(pass.inputs().get("a").value(), left)
                  .feed(pass.inputs().get("b").value(), right)
                  .fetch(updates.get(0).value())
                  .run()) {
        float mean = Tensors.toArray((TFloat32) result.get(0))[0];
        // Twice the inputs, whose means are 3 and 2; the moving mean starts at 0.
        double afterLeft = 6 * (1 - MOMENTUM);
        double afterRight = afterLeft + (4 - afterLeft) * (1 - MOMENTUM);
        assertThat((double) mean).isCloseTo(afterRight, within(1e-6));
      }
    }
  }

  @Test
  void variablesAreThoseOfTheOwner() {
    try (TinyModel model = siamese()) {
      assertThat(model.variables().all())
          .extracting(Variables.Variable::name)
          .containsExactlyInAnyOrder(
              "left/kernel",
              "left/gamma",
              "left/moving_variance",
              "left/moving_mean",
              "left/bias",
              "left/beta");
      model.set("left/kernel", 3);
      model.set("left/bias", 1);
      float[][] y = model.predict(new float[] {2}, new float[] {5});
      double deviation = Math.sqrt(1 + 0.001);
      assertThat((double) y[0][0]).isCloseTo(7 / deviation, within(1e-5));
      assertThat((double) y[1][0]).isCloseTo(16 / deviation, within(1e-5));
    }
  }

  private static TinyModel siamese() {
    return new TinyModel(
        n -> {
          Tensor a = n.input("a").output(1);
          Tensor b = n.input("b").output(1);
          n.output("left", dense(n.fullyConnected("left", a)));
          n.output("right", dense(n.fullyConnected("right", b).weights("left")));
        },
        1);
  }

  private static Tensor dense(WeightedStep layer) {
    return layer.kernel(1, 1).bias(Initializer.ZEROS).batchNorm(MOMENTUM, 0.001).output(1);
  }

  private static TFloat32 values(float... values) {
    return TFloat32.tensorOf(Shape.of(values.length, 1), DataBuffers.of(values, true, false));
  }
}
