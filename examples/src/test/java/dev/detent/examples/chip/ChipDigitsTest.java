package dev.detent.examples.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.examples.digits.DrawnDigits;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.TrainTest;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network for a chip that TFLite does not know: trained and evaluated, never exported. */
class ChipDigitsTest {
  private static final TrainTest DIGITS = DrawnDigits.draw(3000, 500, 1);

  private static Fit<Examples> fit(int epochs) {
    return Fit.epochs(epochs).optimizer(Optimizers.adam(0.002)).progress(Progress.Style.SILENT);
  }

  @Test
  void learnsInFixedPointWhatItLearnsInFloat() {
    try (ChipDigitsModel model = ChipDigitsModel.create(1)) {
      model.fit(DIGITS.train(), fit(6));
      Measures inFloat = model.evaluate(DIGITS.test());
      model.quantize(DIGITS.train().take(300));
      model.fit(DIGITS.train(), fit(2));
      Measures onChip = model.evaluate(DIGITS.test());

      // Ten classes: chance is 0.1. Fine-tuning brings the chip within 3 points of float; of 500
      // images one point is 5, and two standard deviations of an accuracy of 0.9 are 2.7 points.
      assertThat(inFloat.accuracy()).isGreaterThan(0.85);
      assertThat(onChip.accuracy()).isGreaterThan(inFloat.accuracy() - 0.03);
    }
  }

  @Test
  void isNotExported(@TempDir Path folder) {
    try (ChipDigitsModel model = ChipDigitsModel.create(1)) {
      model.quantize(DIGITS.train().take(32));

      assertThatThrownBy(() -> model.exportInt8(folder.resolve("chip.tflite")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("power-of-two fixed point");
      assertThat(folder).isEmptyDirectory();
    }
  }
}
