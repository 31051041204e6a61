package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Losses against their formulas in double arithmetic; sums of at most 12 floats, and what is
 * divided by them, agree to a relative 1e-6.
 */
class LossesTest {
  private static final int PLACES = 2;
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 10;
  private static final double EXACT = 1e-6;

  /**
   * Gradients agree to this: answers rounded to floats change a loss by 1e-7 or so, which is 1e-4
   * of a step, and the update of a weight is known to 1e-7 of 0.1.
   */
  private static final double SLOPE = 1e-3;

  private static final float STEP = 0.001f;
  private static final double RATE = 0.1;

  private static final float[][] X = new float[EXAMPLES][PLACES * CLASSES];
  private static final byte[][] CLASS = new byte[EXAMPLES][PLACES];
  private static final float[][] T = new float[EXAMPLES][PLACES * CLASSES];

  static {
    Random random = new Random(4);
    for (int i = 0; i < EXAMPLES; i++) {
      for (int k = 0; k < PLACES * CLASSES; k++) {
        X[i][k] = (float) random.nextGaussian();
        T[i][k] = k % CLASSES == 0 ? 0.5f : 0.25f;
      }
      T[i][4] = -1;
      for (int p = 0; p < PLACES; p++) {
        CLASS[i][p] = (byte) random.nextInt(CLASSES);
      }
    }
  }

  private static final Features FEATURES = Features.of(X, PLACES, CLASSES);
  private static final Dataset CLASS_MAPS =
      new Dataset(FEATURES, Targets.classMaps(CLASS, List.of("a", "b", "c"), PLACES));
  private static final Dataset VALUES = new Dataset(FEATURES, Targets.values(T, PLACES, CLASSES));

  private interface Formula {
    /** Of the outputs of one example, {@code y[place * CLASSES + class]}. */
    double of(float[] y, int example);
  }

  private static TinyModel create() {
    return new TinyModel(
        n -> {
          var x = n.input("x").output(PLACES, CLASSES);
          n.output(
              "y",
              n.fullyConnected("y", x)
                  .kernel(CLASSES, CLASSES)
                  .bias(Initializer.ZEROS)
                  .output(PLACES, CLASSES));
        },
        1);
  }

  private static void is(Dataset data, Loss loss, Formula formula) {
    try (TinyModel model = create()) {
      double mean = 0;
      for (int i = 0; i < EXAMPLES; i++) {
        mean += formula.of(model.predict(X[i])[0], i) / EXAMPLES;
      }
      Fit<Examples> fit =
          Fit.epochs(1)
              .batchSize(EXAMPLES)
              .optimizer(Optimizers.sgd(RATE))
              .schedule(Schedule.constant())
              .loss(loss)
              .progress(Progress.Style.SILENT);
      assertThat(model.evaluate(data, fit).loss())
          .as(loss.name())
          .isCloseTo(mean, within(EXACT * Math.max(1, Math.abs(mean))));

      float[] kernel = model.get("y/kernel");
      model.fit(data, fit);
      float[] after = model.get("y/kernel");
      for (int k = 0; k < kernel.length; k++) {
        float[] more = kernel.clone();
        float[] less = kernel.clone();
        more[k] += STEP;
        less[k] -= STEP;
        double gradient =
            (mean(formula, more) - mean(formula, less)) / ((double) more[k] - less[k]);
        assertThat((kernel[k] - after[k]) / RATE)
            .as(loss.name() + ", gradient of weight " + k)
            .isCloseTo(gradient, within(SLOPE * Math.max(1, Math.abs(gradient))));
      }
    }
  }

  /** The loss of all examples by the formula, whose answers are the inputs times a kernel. */
  private static double mean(Formula formula, float... kernel) {
    double mean = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      float[] y = new float[PLACES * CLASSES];
      for (int k = 0; k < y.length; k++) {
        double sum = 0;
        for (int from = 0; from < CLASSES; from++) {
          sum += X[i][k / CLASSES * CLASSES + from] * kernel[from * CLASSES + k % CLASSES];
        }
        y[k] = (float) sum;
      }
      mean += formula.of(y, i) / EXAMPLES;
    }
    return mean;
  }

  private static double logProbability(float[] y, int place, int c) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += Math.exp(y[place * CLASSES + k]);
    }
    return y[place * CLASSES + c] - Math.log(sum);
  }

  private static double meanOfPlaces(IntToDoubleFunction ofPlace) {
    double sum = 0;
    for (int place = 0; place < PLACES; place++) {
      sum += ofPlace.applyAsDouble(place) / PLACES;
    }
    return sum;
  }

  @Test
  void focal() {
    is(
        CLASS_MAPS,
        Losses.focal(2, 0.25),
        (y, i) ->
            meanOfPlaces(
                place -> {
                  double log = logProbability(y, place, CLASS[i][place]);
                  return -0.25 * Math.pow(1 - Math.exp(log), 2) * log;
                }));
  }

  @Test
  void weightedCategoricalCrossEntropy() {
    double[] weights = {0.5, 2, 3};
    is(
        CLASS_MAPS,
        Losses.weightedCategoricalCrossEntropy(weights),
        (y, i) ->
            meanOfPlaces(
                place -> -weights[CLASS[i][place]] * logProbability(y, place, CLASS[i][place])));
  }

  @Test
  void classWeightsOfPlacesAreRefused() {
    try (TinyModel model = create()) {
      assertThatThrownBy(() -> model.fit(CLASS_MAPS, Fit.epochs(1).classWeights(1, 1, 1)))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "output 'y' has a class for each of its places, so class weights belong to its loss:"
                  + " see Losses.weightedCategoricalCrossEntropy");
    }
  }

  @Test
  void dice() {
    is(
        VALUES,
        Losses.dice(),
        (y, i) -> {
          double both = 0;
          double either = 0;
          for (int k = 0; k < y.length; k++) {
            both += y[k] * T[i][k];
            either += y[k] + T[i][k];
          }
          return 1 - (2 * both + 1e-7) / (either + 1e-7);
        });
  }

  @Test
  void cosineSimilarity() {
    is(
        VALUES,
        Losses.cosineSimilarity(),
        (y, i) ->
            meanOfPlaces(
                place -> {
                  double product = 0;
                  double ys = 0;
                  double ts = 0;
                  for (int k = place * CLASSES; k < (place + 1) * CLASSES; k++) {
                    product += y[k] * T[i][k];
                    ys += y[k] * y[k];
                    ts += T[i][k] * T[i][k];
                  }
                  return -product / Math.sqrt(ys * ts);
                }));
  }

  @Test
  void maskedHuber() {
    is(
        VALUES,
        Losses.maskedHuber(0.5, -1),
        (y, i) -> {
          double sum = 0;
          int count = 0;
          for (int k = 0; k < y.length; k++) {
            if (T[i][k] != -1) {
              double d = Math.abs(y[k] - T[i][k]);
              sum += d <= 0.5 ? d * d / 2 : 0.5 * d - 0.125;
              count++;
            }
          }
          return sum / count;
        });
  }

  @Test
  void klDivergence() {
    float[][] probabilities = new float[EXAMPLES][PLACES * CLASSES];
    for (float[] of : probabilities) {
      Arrays.fill(of, 0.25f);
      of[0] = 0.5f;
      of[4] = 0.5f;
    }
    is(
        new Dataset(FEATURES, Targets.values(probabilities, PLACES, CLASSES)),
        Losses.klDivergence(),
        (y, i) ->
            meanOfPlaces(
                place -> {
                  double sum = 0;
                  for (int k = place * CLASSES; k < (place + 1) * CLASSES; k++) {
                    double t = probabilities[i][k];
                    sum += t * Math.log(t / Math.max(y[k], 1e-7));
                  }
                  return sum;
                }));
  }
}
