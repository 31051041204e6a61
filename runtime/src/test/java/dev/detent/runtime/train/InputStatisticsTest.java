package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Inputs that are unlike those of the training are told from what chance does. */
class InputStatisticsTest {

  /** Pixels: dark backgrounds with something bright, or noise around the middle. */
  private static Dataset images(int count, long seed, boolean isDark) {
    Random random = new Random(seed);
    float[] pixels = new float[count * 64];
    for (int i = 0; i < pixels.length; i++) {
      double value =
          isDark
              ? (random.nextInt(5) == 0 ? 150 + 100 * random.nextDouble() : 0)
              : 120 + 60 * random.nextGaussian();
      pixels[i] = (float) Math.rint(Math.max(0, Math.min(255, value)));
    }
    return new Dataset(Features.of(pixels, 8, 8, 1), Targets.classes(new int[count], 2));
  }

  private static List<String> unlike(Dataset given, Dataset training) {
    return of(given).unlike(InputStatistics.ofText(of(training).toText()).orElseThrow());
  }

  private static InputStatistics of(Dataset data) {
    return InputStatistics.of(data, List.of("image"));
  }

  @Test
  void pixelsThatWereNotScaled() {
    Dataset training = images(1000, 1, true).scaled(1f / 255);
    assertThat(unlike(images(300, 2, true), training))
        .singleElement()
        .asString()
        .startsWith("input 'image' is unlike what the model was trained on: 0 to 25")
        .contains(" here, 0 to 0.98 (mean 0.15", "in training. Prepare both alike");
  }

  @Test
  void everyUsualScalingIsToldFromTheOthers() {
    for (boolean isDark : new boolean[] {true, false}) {
      Dataset bytes = images(1000, 1, isDark);
      List<Dataset> scalings =
          List.of(
              bytes,
              bytes.scaled(1f / 255),
              bytes.scaled(1 / 127.5f, -1),
              bytes.scaled(1f / 255, -0.5f));
      for (Dataset training : scalings) {
        for (Dataset given : scalings) {
          assertThat(unlike(given.take(200), training).isEmpty())
              .as("%s for %s", given, training)
              .isEqualTo(given == training);
        }
      }
      Dataset standardized = isDark ? bytes.scaled(1 / 80f, -0.5f) : bytes.scaled(1 / 60f, -2);
      assertThat(unlike(standardized.take(200), scalings.get(1))).hasSize(1);
      assertThat(unlike(scalings.get(1).take(200), standardized)).hasSize(1);
    }
  }

  @Test
  void otherExamplesOfTheSameKindAreNoFinding() {
    Dataset training = images(1000, 1, true);
    for (int seed = 2; seed < 30; seed++) {
      assertThat(unlike(images(2 + seed, seed, true), training)).isEmpty();
    }
  }

  /** Incomes have a few that are very large; a sample may have none of them. */
  @Test
  void longTailsAreNoFinding() {
    for (int seed = 0; seed < 100; seed++) {
      assertThat(unlike(incomes(50, seed), incomes(2000, 1000 + seed)))
          .as("seed " + seed)
          .isEmpty();
    }
  }

  private static Dataset incomes(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][2];
    for (float[] row : rows) {
      row[0] = (float) (20_000 * Math.exp(0.7 * random.nextGaussian()));
      row[1] = random.nextFloat();
    }
    return new Dataset(Features.of(rows, 2), Targets.classes(new int[count], 2));
  }

  @Test
  void aFeatureInOtherUnitsIsNamed() {
    Dataset training = incomes(500, 1);
    float[][] percent = new float[100][2];
    Random random = new Random(2);
    for (float[] row : percent) {
      row[0] = (float) (20_000 * Math.exp(0.5 * random.nextGaussian()));
      row[1] = 100 * random.nextFloat();
    }
    assertThat(
            unlike(
                new Dataset(Features.of(percent, 2), Targets.classes(new int[100], 2)), training))
        .singleElement()
        .asString()
        .startsWith("feature 1 of input 'image' is unlike what the model was trained on: ");
  }

  @Test
  void fewAndConstantExamplesAreTooLittle() {
    assertThat(of(images(20, 1, true)).tooLittle()).isEmpty();
    assertThat(of(images(3, 1, true)).tooLittle())
        .containsExactly(
            "the ranges are those of 3 examples: what others have beyond them is clipped; a few"
                + " hundred are usual");
    assertThat(of(images(30, 1, true).scaled(0, 7)).tooLittle())
        .containsExactly(
            "input 'image' is 7 in all of the examples: its range is a guess; calibrate with"
                + " typical ones");
  }

  @Test
  void filesOfBeforeHaveNone() {
    assertThat(InputStatistics.ofText(null)).isEmpty();
    assertThat(InputStatistics.ofText("[broken")).isEmpty();
  }
}
