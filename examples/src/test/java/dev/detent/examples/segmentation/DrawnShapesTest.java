package dev.detent.examples.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.TrainTest;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawnShapesTest {
  private static final int PIXELS = DrawnShapes.SIZE * DrawnShapes.SIZE;

  @Test
  void theSameSeedDrawsTheSameImagesHoweverMany() {
    TrainTest few = DrawnShapes.draw(20, 20, 5);
    TrainTest many = DrawnShapes.draw(60, 50, 5);

    assertThat(many.train().take(20).fingerprint()).isEqualTo(few.train().fingerprint());
    assertThat(many.test().take(20).fingerprint()).isEqualTo(few.test().fingerprint());
    assertThat(DrawnShapes.draw(20, 20, 6).train().fingerprint())
        .isNotEqualTo(few.train().fingerprint());
  }

  /** Guards against platforms that compute, and changes that draw, something else. */
  @Test
  void drawsWhatItAlwaysDrew() {
    assertThat(DrawnShapes.draw(100, 1, 1).train().fingerprint())
        .isEqualTo("aa358b43025f363e445d8690a9825cec9a15e2902e788d33a13a4424079624a0");
  }

  @Test
  void noImageIsDrawnTwice() {
    TrainTest shapes = DrawnShapes.draw(500, 500, 1);
    Set<ByteBuffer> seen = new HashSet<>();
    for (Dataset part : new Dataset[] {shapes.train(), shapes.test()}) {
      for (int i = 0; i < part.size(); i++) {
        byte[] pixels = new byte[PIXELS * 3];
        part.features().read(i, pixels, 0);
        assertThat(seen.add(ByteBuffer.wrap(pixels))).isTrue();
      }
    }
  }

  @Test
  void allClassesAreFrequentAndMostImagesShowSeveral() {
    int examples = 600;
    Dataset shapes = DrawnShapes.draw(examples, 1, 2).train();
    assertThat(shapes.features().shape()).containsExactly(48, 48, 3);
    assertThat(shapes.labels().shape()).containsExactly(48, 48, 4);
    double[] shares = new double[4];
    int[] counts = new int[5];
    for (int i = 0; i < examples; i++) {
      int[] classes = new int[PIXELS];
      shapes.labels().readClasses(i, classes, 0);
      Set<Integer> shown = new HashSet<>();
      for (int c : classes) {
        shares[c] += 1.0 / (examples * PIXELS);
        shown.add(c);
      }
      counts[shown.size()]++;
    }
    // Of areas alone: the background has the most, a triangle fills 3 sqrt(3) / (4 pi) of a circle.
    assertThat(shares[0]).isBetween(0.5, 0.85);
    assertThat(java.util.Arrays.stream(shares)).allMatch(share -> share > 0.03);
    // One to four shapes of three kinds: two classes or more in all, three or more in most.
    assertThat(counts[0] + counts[1]).isZero();
    assertThat(counts[3] + counts[4]).isGreaterThan(examples / 2);
  }

  @Test
  void aCountBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DrawnShapes.draw(10, 0, 1))
        .withMessage("the number of images is 0; at least 1");
  }
}
