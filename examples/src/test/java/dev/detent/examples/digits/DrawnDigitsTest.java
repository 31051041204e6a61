package dev.detent.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.TrainTest;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {

  private static byte[] pixels(Dataset dataset, int index) {
    byte[] pixels = new byte[784];
    dataset.features().read(index, pixels, 0);
    return pixels;
  }

  @Test
  void theSameSeedDrawsTheSameDigitsHoweverMany() {
    TrainTest few = DrawnDigits.draw(20, 20, 5);
    TrainTest many = DrawnDigits.draw(200, 100, 5);
    assertThat(many.train().take(20).fingerprint()).isEqualTo(few.train().fingerprint());
    assertThat(many.test().take(20).fingerprint()).isEqualTo(few.test().fingerprint());
    assertThat(DrawnDigits.draw(20, 20, 6).train().fingerprint())
        .isNotEqualTo(few.train().fingerprint());
  }

  /** Guards against platforms that compute, and changes that draw, something else. */
  @Test
  void drawsWhatItAlwaysDrew() {
    assertThat(DrawnDigits.draw(100, 1, 1).train().fingerprint())
        .isEqualTo("6288a4b0390ed2b4eb0d85c620b4425515f19609fe812e1064a322f9e43cec28");
  }

  @Test
  void noDigitIsDrawnTwice() {
    TrainTest digits = DrawnDigits.draw(3000, 1000, 1);
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < 3000; i++) {
      assertThat(seen.add(ByteBuffer.wrap(pixels(digits.train(), i)))).isTrue();
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(ByteBuffer.wrap(pixels(digits.test(), i)))).isTrue();
    }
  }

  @Test
  void digitsAreBalancedVisibleAndInside() {
    Dataset digits = DrawnDigits.draw(2000, 1, 2).train();
    assertThat(digits.features().shape()).containsExactly(28, 28, 1);
    assertThat(digits.features().scale()).isEqualTo(1f / 255);
    int[] classes = new int[10];
    for (int i = 0; i < digits.size(); i++) {
      classes[digits.labels().classAt(i)]++;
      byte[] pixels = pixels(digits, i);
      int inked = 0;
      int brightest = 0;
      for (byte pixel : pixels) {
        inked += (pixel & 0xff) > 80 ? 1 : 0;
        brightest = Math.max(brightest, pixel & 0xff);
      }
      assertThat(brightest).isGreaterThan(100);
      // From a thin, short 1 to a fat 8.
      assertThat(inked).isBetween(8, 400);
    }
    assertThat(classes).containsOnly(200);
  }

  @Test
  void everyDigitIsWrittenInSeveralWays() {
    for (int digit = 0; digit < 10; digit++) {
      assertThat(Handwriting.ways(digit)).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void aCountBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DrawnDigits.draw(0, 10, 1))
        .withMessage("the number of digits is 0; at least 1");
  }
}
