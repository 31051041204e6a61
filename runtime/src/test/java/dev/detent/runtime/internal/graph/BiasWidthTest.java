package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.WeightedStep;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Biases of fewer bits than TFLite's, and scales that are powers of two behind a batch norm. */
class BiasWidthTest {
  private static final int INPUTS = 3;
  private static final int OUTPUTS = 2;

  private static TinyModel model(WeightQuantization weights, int biasBits, boolean batchNorm) {
    ActivationRange x = ActivationRange.learned("x", 8).symmetric().powerOfTwo();
    ActivationRange y = ActivationRange.learned("y", 8).symmetric().powerOfTwo();
    return new TinyModel(
        n -> {
          WeightedStep layer =
              n.fullyConnected("y", n.input("x").output(x, INPUTS))
                  .kernel(INPUTS, OUTPUTS)
                  .bias(Initializer.ZEROS)
                  .quantizeKernel(weights);
          if (biasBits > 0) {
            layer.biasBits(biasBits);
          }
          n.output("y", (batchNorm ? layer.batchNorm(0.9, 1e-3) : layer).output(y, OUTPUTS));
        },
        1);
  }

  private static TinyModel filled(WeightQuantization weights, int biasBits, boolean batchNorm) {
    TinyModel model = model(weights, biasBits, batchNorm);
    model.set("y/kernel", 0.5f, -0.25f, 0.125f, 0.375f, -0.5f, 0.25f);
    model.set("y/bias", 40, -7);
    return model;
  }

  private static float[] fetch(TinyModel model, Operand<TFloat32> operand) {
    try (var result = model.graph().session().runner().fetch(operand).run()) {
      return Tensors.toArray((TFloat32) result.get(0));
    }
  }

  private static PassGraph.ExportNodes nodes(TinyModel model) {
    return model.graph().pass(Pass.QUANTIZED).exports().get("y");
  }

  /** With 8 bits integers end at 127; with TFLite's 32 the same bias is far above. */
  @Test
  void biasFitsItsWidth() {
    WeightQuantization weights = WeightQuantization.perTensor(8).powerOfTwo();
    try (TinyModel narrow = filled(weights, 8, false);
        TinyModel wide = filled(weights, 0, false)) {
      assertThat(fetch(narrow, nodes(narrow).bias().orElseThrow())[0]).isBetween(1f, 127f);
      assertThat(fetch(wide, nodes(wide).bias().orElseThrow())[0]).isGreaterThan(127);
      assertPowersOfTwo(fetch(narrow, nodes(narrow).steps().orElseThrow().scales()));
    }
  }

  @Test
  void scalesBehindABatchNormArePowersOfTwo() {
    try (TinyModel model = filled(WeightQuantization.perChannel(8).powerOfTwo(), 16, true)) {
      model.set("y/gamma", 0.7f, 1.3f);

      assertPowersOfTwo(fetch(model, nodes(model).steps().orElseThrow().scales()));
    }
  }

  @Test
  void widthsOutsideAreRefused() {
    try (TinyModel model = model(WeightQuantization.perTensor(8), 33, false)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.graph().pass(Pass.FLOAT))
          .withMessage("a bias of 33 bits in 'y'; possible are 8 to 32");
    }
  }

  private static void assertPowersOfTwo(float[] scales) {
    assertThat(scales).isNotEmpty();
    for (float scale : scales) {
      assertThat(scale).isEqualTo(Math.scalb(1f, Math.getExponent(scale)));
    }
  }
}
