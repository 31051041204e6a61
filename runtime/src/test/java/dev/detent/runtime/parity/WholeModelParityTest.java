package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import org.junit.jupiter.api.Test;

/** A trained model, fine-tuned and exported: last-bit differences of one layer grow in the next. */
class WholeModelParityTest {

  @Test
  void graphIsAsNearToTheBuiltInKernelsAsXnnpackIs() {
    Dataset train = SmallClassifier.data(320, 1);
    Dataset test = SmallClassifier.data(400, 2);
    try (TinyModel model = SmallClassifier.create(1)) {
      Fit<Examples> fit =
          Fit.epochs(6).optimizer(Optimizers.adam(0.01)).progress(Progress.Style.SILENT);
      model.fit(train, fit);
      model.quantize(train);
      model.fit(train, Fit.epochs(4).progress(Progress.Style.SILENT));
      float[][] inputs = new float[test.size()][test.features().elements()];
      for (int i = 0; i < inputs.length; i++) {
        test.features().read(i, inputs[i], 0);
      }
      try (Parity parity = Parity.ofQuantized(model, inputs)) {
        Parity.Agreement builtIn = parity.agreements(Kernels.BUILT_IN).get("logits");
        Parity.Agreement xnnpack = parity.agreements(Kernels.XNNPACK).get("logits");
        // XNNPACK rounds the mean in this model its own way, so it is far behind: 7% to 1%.
        String both = builtIn + " " + xnnpack;
        assertThat(builtIn.differentShare()).as(both).isLessThan(xnnpack.differentShare());
        assertThat(builtIn.largest()).as(both).isLessThanOrEqualTo(xnnpack.largest());
      }
    }
  }
}
