package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.train.TrainingException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Ranges from histograms, against sorting and trying out. */
class HistogramTest {
  private static final int COUNT = 20_000;

  private static float[] gaussian(long seed, double deviation) {
    Random random = new Random(seed);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  /** Batches that grow, so that bins are merged again and again. */
  @Test
  void quantilesAreThoseOfSortedValues() {
    for (boolean isNonNegative : new boolean[] {false, true}) {
      Histogram histogram = new Histogram(isNonNegative);
      histogram.add(new float[10]);
      float[] all = new float[10];
      for (double deviation : new double[] {1e-3, 1, 0.1, 50}) {
        float[] batch = gaussian(3, deviation);
        if (isNonNegative) {
          for (int i = 0; i < COUNT; i++) {
            batch[i] = Math.max(0, batch[i]);
          }
        }
        histogram.add(batch);
        int old = all.length;
        all = Arrays.copyOf(all, old + COUNT);
        System.arraycopy(batch, 0, all, old, COUNT);
      }
      Arrays.sort(all);
      assertThat(histogram.total()).isEqualTo(all.length);
      for (double share : new double[] {0.001, 0.3, 0.9, 0.999, 1}) {
        float sorted = all[(int) Math.ceil(share * all.length) - 1];
        // Inside a bin the position is a guess.
        assertThat(histogram.quantile(share))
            .as("%s", share)
            .isCloseTo(sorted, within(histogram.width() * 1.01));
      }
      assertThat(histogram.max()).isEqualTo(all[all.length - 1]);
    }
  }

  @Test
  void valuesThatAreNoNumbersAreRefused() {
    Histogram histogram = new Histogram(false);
    assertThatThrownBy(() -> histogram.add(new float[] {1, Float.NaN}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NaN");
  }

  /** The range of an input with gaussian values and, if wanted, one far outlier. */
  private static float[] range(
      Supplier<ActivationQuantizer> quantizer, int bits, float outlier, boolean isSymmetric) {
    ActivationRange range = ActivationRange.learned("x", bits).quantizer(quantizer);
    ActivationRange with = isSymmetric ? range.symmetric() : range;
    float[] values = gaussian(8, 1);
    values[77] = outlier;
    float[][] examples = new float[100][COUNT / 100];
    for (int i = 0; i < COUNT; i++) {
      examples[i / (COUNT / 100)][i % (COUNT / 100)] = values[i];
    }
    try (TinyModel model =
        new TinyModel(n -> n.output("x", n.input("x").output(with, COUNT / 100)), 1)) {
      model.quantize(
          new Dataset(
              Features.of(examples, COUNT / 100),
              Targets.values(new float[100][COUNT / 100], COUNT / 100)));
      return new float[] {model.get("x/range/min")[0], model.get("x/range/max")[0]};
    }
  }

  @Test
  void percentileCutsBothEnds() {
    float[] range = range(() -> new Percentile(99), 8, 100, false);
    // 0.5% on each side of a normal distribution: 2.576 deviations; of 100 values out there the
    // place of the last is known to 10%, which is 0.04 deviations.
    assertThat(range).containsExactly(new float[] {-2.576f, 2.576f}, within(0.1f));
    assertThatThrownBy(() -> new Percentile(50)).hasMessageContaining("above 50");
  }

  /** For a normal distribution and 4 bits the best symmetric grid ends at 2.7 deviations or so. */
  @Test
  void mseOptimalIsTheBestOfAll() {
    float[] found = range(MseOptimal::new, 4, 4.5f, true);
    double best = error(found[1]);
    for (double end = 1; end < 4.5; end += 0.01) {
      // Candidates are 0.045 apart; near the best one the error is flat.
      assertThat(best).as("%s", end).isLessThan(error(end) * 1.005);
    }
  }

  private static double error(double end) {
    float[] values = gaussian(8, 1);
    values[77] = 4.5f;
    double scale = end / 7;
    double sum = 0;
    for (float value : values) {
      double q = Math.max(-8, Math.min(7, Math.rint(value / scale))) * scale;
      sum += (value - q) * (value - q);
    }
    return sum;
  }

  /** An outlier that holds no information is cut off; at many bits nothing is lost by keeping. */
  @Test
  void entropyCutsOutliersOff() {
    float[] range = range(Entropy::new, 8, 30, false);
    assertThat(range[1]).isBetween(2.5f, 10f);
    assertThat(range(Entropy::new, 16, 30, false)[1]).isEqualTo(30);
  }

  @Test
  void calibrationThatFailsNamesTheTensor() {
    try (TinyModel model =
        SmallClassifier.create(
            5, range -> range.quantizer(Entropy::new), WeightQuantization.perChannel(8))) {
      float[] beta = model.get("conv/beta");
      beta[2] = Float.POSITIVE_INFINITY;
      model.set("conv/beta", beta);
      assertThatThrownBy(() -> model.quantize(SmallClassifier.data(4, 1)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("the calibration of 'conv' fails: a value is Infinity");
    }
  }
}
