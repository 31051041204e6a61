package dev.detent.examples.gain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.examples.digits.DrawnDigits;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.TrainTest;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.Verification;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network with a layer and a quantizer of its own: trained, exported, run by TFLite. */
class GainDigitsTest {
  private static final TrainTest DIGITS = DrawnDigits.draw(3000, 500, 1);

  private static Fit<Examples> fit(int epochs) {
    return Fit.epochs(epochs).optimizer(Optimizers.adam(0.002)).progress(Progress.Style.SILENT);
  }

  @Test
  void learnsAndIsWhatTfliteComputes(@TempDir Path folder) {
    try (GainDigitsModel model = GainDigitsModel.create(1)) {
      model.fit(DIGITS.train(), fit(6));
      model.quantize(DIGITS.train().take(300));
      model.fit(DIGITS.train(), fit(1));
      Measures quantized = model.evaluate(DIGITS.test());
      Verification verification =
          model.verify(model.exportInt8(folder.resolve("gain.tflite")), DIGITS.test());

      assertThat(quantized.accuracy()).isGreaterThan(0.85); // ten classes: chance is 0.1
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
    }
  }
}
