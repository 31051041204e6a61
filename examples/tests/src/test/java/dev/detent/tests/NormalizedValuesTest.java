package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.Sources;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers of several operations yield what their formula says, in float and in int8. */
class NormalizedValuesTest {
  /** So that no model is called as an annotation is. */
  private static final String PREFIX = "Of";

  private static final int EXAMPLES = 16;
  private static final int POSITIONS = 64;
  private static final int CHANNELS = 8;
  private static final Map<String, Case> CASES = new LinkedHashMap<>();

  private static ClassLoader models;

  /**
   * @param formula of one example
   * @param share how large the error of int8 may be, beside the values: by root mean square
   */
  private record Case(String layer, UnaryOperator<float[]> formula, double share) {}

  private static void add(String name, String layer, double share, UnaryOperator<float[]> formula) {
    CASES.put(name, new Case(layer, formula, share));
  }

  @BeforeAll
  static void compile() {
    // Values of 2 deviations in 256 steps: an operation is off by about 1% of a deviation.
    add(
        "Selu",
        "@Selu",
        0.03,
        each(x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632 * Math.expm1(x))));
    add("Mish", "@Mish", 0.05, each(x -> x * Math.tanh(Math.log1p(Math.exp(x)))));
    add("Rescaling", "@Rescaling(scale = -0.5, offset = 2)", 0.02, each(x -> 2 - 0.5 * x));
    add("Plain", "@Normalization(mean = 0.5, variance = 4)", 0.02, each(x -> (x - 0.5) / 2));
    add(
        "PerChannel",
        "@Normalization(mean = {0, 1, 2, 3, -1, -2, -3, 0.5},"
            + " variance = {1, 4, 0.25, 1, 1, 1, 1, 9})",
        0.03,
        PerChannel::of);
    add("Scaled", "@LayerScale(initValues = 0.25)", 0.02, each(x -> 0.25 * x));
    // Steps of 1/128 beside values of 1/sqrt(8) are 1% of these.
    add("Rms", "@RmsNormalization", 0.03, x -> normalized(x, CHANNELS, false));
    // 64 * 8 / 2 values: in two parts of 16, with steps of 3% of the values each, so that each is
    // off by 1%; the plain way would be off by 4%.
    add("Groups", "@GroupNormalization(groups = 2)", 0.06, x -> groups(x, 2));
    add("Whole", "@GroupNormalization(groups = 1)", 0.06, x -> groups(x, 1));
    add("Instance", "@GroupNormalization(groups = -1)", 0.06, x -> groups(x, CHANNELS));
    models =
        CompiledModels.load(
            CASES.entrySet().stream()
                .map(NormalizedValuesTest::source)
                .toArray(JavaFileObject[]::new));
  }

  private static JavaFileObject source(Map.Entry<String, Case> each) {
    return Sources.text(
        PREFIX + each.getKey(),
        """
        import dev.detent.annotations.*;

        @Model
        @Quantize
        public class %s {
          @Input(shape = {8, 8, 8}) Layer x;
          %s Layer y;
        }
        """
            .formatted(PREFIX + each.getKey(), each.getValue().layer()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Selu",
        "Mish",
        "Rescaling",
        "Plain",
        "PerChannel",
        "Scaled",
        "Rms",
        "Groups",
        "Whole",
        "Instance"
      })
  void isTheFormula(String name) throws ReflectiveOperationException {
    Case tested = CASES.get(name);
    float[][] x = values();
    try (DetentModel<Dataset> model = CompiledModels.create(models, PREFIX + name)) {
      var predict = model.getClass().getDeclaredMethod("predict", float[].class);
      predict.setAccessible(true);
      // Sums of 512 floats, each rounded to 2^-24 of itself.
      assertThat(error(x, tested, each -> (float[]) predict.invoke(model, each))).isLessThan(1e-5);

      model.quantize(
          new Dataset(
              Features.of(x, 8, 8, CHANNELS), Targets.values(new float[EXAMPLES][512], 8, 8, 8)));
      double error = error(x, tested, each -> (float[]) predict.invoke(model, each));
      System.out.printf("%s in int8 is off by %.2f%%%n", name, 100 * error);
      assertThat(error).isLessThan(tested.share());
    }
  }

  private interface Computed {
    float[] of(float[] x) throws ReflectiveOperationException;
  }

  /** The root of the errors' mean square, beside that of the values. */
  private static double error(float[][] x, Case tested, Computed computed)
      throws ReflectiveOperationException {
    double errors = 0;
    double squares = 0;
    for (float[] example : x) {
      float[] y = computed.of(example);
      float[] expected = tested.formula().apply(example);
      assertThat(y).hasSameSizeAs(expected);
      for (int i = 0; i < y.length; i++) {
        errors += Math.pow(y[i] - expected[i], 2);
        squares += Math.pow(expected[i], 2);
      }
    }
    return Math.sqrt(errors / squares);
  }

  /** Of other deviations and means in each example and in each channel. */
  private static float[][] values() {
    Random random = new Random(4);
    float[][] values = new float[EXAMPLES][POSITIONS * CHANNELS];
    for (float[] example : values) {
      double deviation = 0.7 + 0.6 * random.nextDouble();
      for (int i = 0; i < example.length; i++) {
        example[i] = (float) (0.1 * (i % CHANNELS) + deviation * random.nextGaussian());
      }
    }
    return values;
  }

  private interface Real {
    double of(double x);
  }

  private static UnaryOperator<float[]> each(Real function) {
    return x -> {
      float[] y = new float[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) function.of(x[i]);
      }
      return y;
    };
  }

  /** The numbers of the annotation. */
  private static final class PerChannel {
    private static final double[] MEANS = {0, 1, 2, 3, -1, -2, -3, 0.5};
    private static final double[] VARIANCES = {1, 4, 0.25, 1, 1, 1, 1, 9};

    static float[] of(float[] x) {
      float[] y = new float[x.length];
      for (int i = 0; i < y.length; i++) {
        int channel = i % CHANNELS;
        y[i] = (float) ((x[i] - MEANS[channel]) / Math.sqrt(VARIANCES[channel]));
      }
      return y;
    }
  }

  /** Each run of so many values, divided by its deviation from its mean or from 0. */
  private static float[] normalized(float[] x, int run, boolean isCentered) {
    float[] y = new float[x.length];
    for (int first = 0; first < x.length; first += run) {
      double mean = 0;
      for (int i = first; isCentered && i < first + run; i++) {
        mean += x[i] / run;
      }
      double variance = 0;
      for (int i = first; i < first + run; i++) {
        variance += Math.pow(x[i] - mean, 2) / run;
      }
      for (int i = first; i < first + run; i++) {
        y[i] = (float) ((x[i] - mean) / Math.sqrt(variance));
      }
    }
    return y;
  }

  /** The values of a group one after another, normalized, and back. */
  private static float[] groups(float[] x, int groups) {
    int width = CHANNELS / groups;
    int[] places = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      int channel = i % CHANNELS;
      places[i] = ((channel / width) * POSITIONS + i / CHANNELS) * width + channel % width;
    }
    float[] sorted = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      sorted[places[i]] = x[i];
    }
    float[] normalized = normalized(sorted, POSITIONS * width, true);
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = normalized[places[i]];
    }
    return y;
  }
}
