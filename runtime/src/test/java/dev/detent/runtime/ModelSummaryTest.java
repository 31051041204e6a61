package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.network.BatchNormalization;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import org.junit.jupiter.api.Test;

/** A model as text: Keras's table. */
class ModelSummaryTest {

  @Test
  void hasLayersShapesParametersWidthsAndSums() {
    ModelSpec spec =
        ModelSpec.builder("Small")
            .input("x", 4)
            .layer("x", "Input", 0, 0, 4)
            .layer("hidden", "Dense + BatchNorm + Relu, a layer of a long name", 52, 32, 8)
            .layer("y", "Dense", 18, 16, 2)
            .output("y", 2)
            .build();
    try (DetentModel<?> model = new Small(spec)) {
      assertThat(model.toString())
          .isEqualTo(
              """
              Model: "Small"
              ________________________________________________________________________________
              Layer (type)                      Output Shape       Param #    Quantized
              ================================================================================
              x (Input)                         (4)                0          int8
              hidden (Dense + BatchNorm + Relu, (8)                52         int8, w int4
              a layer of a long name)
              y (Dense)                         (2)                18         float
              ================================================================================
              Total params: 70 (0.27 KB in float)
              Trainable params: 54 (0.21 KB in float)
              Non-trainable params: 16 (0.06 KB in float)
              Multiply-accumulates: 48
              ________________________________________________________________________________
              """);
      model.trainable(false, "hidden");
      assertThat(model.toString())
          .contains("Trainable params: 18 (")
          .contains("Non-trainable params: 52 (");
    }
  }

  private static final class Small extends DetentModel<Examples> {
    Small(ModelSpec spec) {
      super(spec, 1);
    }

    @Override
    protected void network(NetworkBuilder n) {
      var x = n.input("x").output(ActivationRange.learned("x", 8), 4);
      var hidden =
          n.fullyConnected("hidden", x)
              .kernel(4, 8)
              .quantizeKernel(WeightQuantization.perChannel(4))
              .batchNorm(
                  BatchNormalization.DEFAULT.momentum(), BatchNormalization.DEFAULT.epsilon())
              .output(ActivationRange.learned("hidden", 8), 8);
      n.output("y", n.fullyConnected("y", hidden).kernel(8, 2).bias(Initializer.ZEROS).output(2));
    }
  }
}
