package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.LearnedStepAndOffset;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.PowerOfTwo;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of trained quantizers, against differences of what they compute with the rounding
 * errors held fast: that is what the straight-through estimator is the derivative of.
 *
 * <p>Tolerances: the graph sums {@value #UNITS} products in float, some 1e-6 of the largest.
 */
class QuantizerGradientsTest {
  private static final int UNITS = 40;
  private static final double NUDGE = 1e-6;
  private static final ActivationRange SIGNED = ActivationRange.learned("y", 4);
  private static final ActivationRange POSITIVE = SIGNED.nonNegative();

  private final Random random = new Random(5);
  private final float[] probe = gaussian(UNITS);
  private final float[] x = gaussian(UNITS);

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  // ---------------------------------------------------------------- activations

  /** Gradients of {@code sum(probe * quantized(x))}. */
  private Map<String, float[]> ofActivation(
      ActivationRange range, Supplier<ActivationQuantizer> quantizer, Map<String, Float> set) {
    ActivationRange with = range.quantizer(quantizer);
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "y",
                    n.fullyConnected("y", n.input("in").output(1))
                        .kernel(1, UNITS)
                        .bias(Initializer.ZEROS)
                        .output(with, UNITS)),
            1)) {
      model.variables();
      model.set("y/kernel", new float[UNITS]);
      model.set("y/bias", x);
      set.forEach((name, value) -> model.set("y/range/" + name, value));
      return gradients(model, new float[] {1}, probe);
    }
  }

  private static Map<String, float[]> gradients(TinyModel model, float[] input, float[] probe) {
    PassGraph pass = model.graph().pass(Pass.QAT_FROZEN);
    var tf = model.graph().ops();
    var product = tf.math.mul(pass.outputs().get("y").operand(), tf.constant(probe));
    var sum = tf.reduceSum(product, tf.constant(new int[] {0, 1}));
    List<Operand<TFloat32>> reads = new ArrayList<>(pass.trainable().values());
    var gradients = tf.gradients(sum, reads);
    Map<String, float[]> result = new LinkedHashMap<>();
    try (TFloat32 fed =
        TFloat32.tensorOf(Shape.of(1, input.length), DataBuffers.of(input, true, false))) {
      var runner = model.graph().session().runner().feed(pass.inputs().get("in").value(), fed);
      for (int i = 0; i < reads.size(); i++) {
        runner.fetch(gradients.dy(i));
      }
      try (Result values = runner.run()) {
        int index = 0;
        for (Variables.Variable variable : pass.trainable().keySet()) {
          result.put(variable.name(), Tensors.toArray((TFloat32) values.get(index++)));
        }
      }
    }
    return result;
  }

  /** A quantizer as a function of one parameter, its rounding errors those of {@code at}. */
  private interface Surrogate {
    double sum(double parameter, double at);
  }

  private static double derivative(Surrogate surrogate, double at) {
    return (surrogate.sum(at + NUDGE, at) - surrogate.sum(at - NUDGE, at)) / (2 * NUDGE);
  }

  private double sum(DoubleUnaryOperator quantized) {
    double sum = 0;
    for (int i = 0; i < UNITS; i++) {
      sum += probe[i] * quantized.applyAsDouble(x[i]);
    }
    return sum;
  }

  private static double clip(double value, double lowest, double highest) {
    return Math.max(lowest, Math.min(highest, value));
  }

  private static double halfUp(double value) {
    return Math.floor(value + 0.5);
  }

  /** {@code clip(v + error) * scale}, where the error is that of {@code v} at the base point. */
  private static double onGrid(double x, double scale, double base, double lowest, double highest) {
    double error = halfUp(x / base) - x / base;
    return clip(x / base, lowest, highest) == x / base
        ? (x / scale + error) * scale
        : clip(x / base, lowest, highest) * scale;
  }

  private void passesInside(float[] gradient, double from, double to) {
    for (int i = 0; i < UNITS; i++) {
      assertThat(gradient[i]).isEqualTo(x[i] >= from && x[i] <= to ? probe[i] : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void learnedStepOfActivations(boolean isPositive) {
    double lowest = isPositive ? 0 : -8;
    double highest = isPositive ? 15 : 7;
    double step = isPositive ? 0.1 : 0.13;
    var gradients =
        ofActivation(
            isPositive ? POSITIVE : SIGNED, LearnedStep::new, Map.of("step", (float) step));
    double expected =
        derivative((s, at) -> sum(x -> onGrid(x, s, at, lowest, highest)), (float) step);
    double factor = 1 / Math.sqrt(UNITS * highest);
    assertThat(gradients.get("y/range/step")[0])
        .isCloseTo((float) (expected * factor), within(1e-5f));
    passesInside(gradients.get("y/bias"), lowest * step, highest * step);
  }

  @Test
  void learnedStepAndOffset() {
    double step = 0.1f;
    double offset = -0.52f;
    var gradients =
        ofActivation(
            SIGNED,
            LearnedStepAndOffset::new,
            Map.of("step", (float) step, "offset", (float) offset));
    double factor = 1 / Math.sqrt(UNITS * 15);
    // The integers lie around the offset, which TFLite rounds to a whole step: to zero point 5.
    double lowest = -8 - 5;
    double highest = 7 - 5;
    double zeroPointError = 5 - 5.2;
    double towardsStep =
        derivative(
            (s, at) ->
                sum(
                    x ->
                        x / step > highest || x / step < lowest
                            ? ((x / step > highest ? 7 : -8) - zeroPointError) * s + offset
                            : onGrid(x, s, at, lowest, highest)),
            step);
    double towardsOffset =
        derivative((o, at) -> sum(x -> x / step > highest || x / step < lowest ? o : x), offset);
    assertThat(gradients.get("y/range/step")[0])
        .isCloseTo((float) (towardsStep * factor), within(1e-5f));
    assertThat(gradients.get("y/range/offset")[0])
        .isCloseTo((float) (towardsOffset * factor), within(1e-5f));
    passesInside(gradients.get("y/bias"), lowest * step, highest * step);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pact(boolean isPositive) {
    double alpha = 0.8f;
    var gradients =
        ofActivation(
            isPositive ? POSITIVE : SIGNED, () -> new Pact(0), Map.of("alpha", (float) alpha));
    double expected = derivative((a, at) -> sum(x -> clip(x, isPositive ? 0 : -a, a)), alpha);
    assertThat(gradients.get("y/range/alpha")[0]).isCloseTo((float) expected, within(1e-5f));
    passesInside(gradients.get("y/bias"), isPositive ? 0 : -alpha, alpha);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void powerOfTwo(boolean isPositive) {
    double threshold = -0.3f;
    var gradients =
        ofActivation(
            isPositive ? POSITIVE : SIGNED,
            PowerOfTwo::new,
            Map.of("log2_threshold", (float) threshold));
    double scale = 1.0 / (isPositive ? 16 : 8); // 2^ceil(-0.3) = 1
    double lowest = isPositive ? 0 : -8;
    double highest = isPositive ? 15 : 7;
    double expected =
        derivative(
            (t, at) ->
                // The error of ceil is held fast, too.
                sum(x -> onGrid(x, scale * Math.pow(2, t - at), scale, lowest, highest)),
            threshold);
    assertThat(gradients.get("y/range/log2_threshold")[0])
        .isCloseTo((float) expected, within(1e-5f));
    passesInside(gradients.get("y/bias"), lowest * scale, highest * scale);
  }

  // ---------------------------------------------------------------- weights

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void learnedStepOfWeights(boolean isPerChannel) {
    int inputs = 10;
    int outputs = 4;
    WeightQuantization how =
        isPerChannel ? WeightQuantization.perChannel(3) : WeightQuantization.perTensor(3);
    float[] steps = isPerChannel ? new float[] {0.4f, 0.2f, 0.5f, 0.9f} : new float[] {0.4f};
    float[] input = gaussian(inputs);
    float[] each = gaussian(outputs);
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "y",
                    n.fullyConnected("y", n.input("in").output(inputs))
                        .kernel(inputs, outputs)
                        .quantizeKernel(how.quantizer(LearnedStep::new))
                        .output(outputs)),
            1)) {
      model.variables();
      model.set("y/kernel", x);
      model.set("y/kernel/quantizer/step", steps);
      var gradients = gradients(model, input, each);
      double[] expected = new double[steps.length];
      for (int i = 0; i < UNITS; i++) {
        double weight = x[i];
        int channel = isPerChannel ? i % outputs : 0;
        double towards = input[i / outputs] * each[i % outputs];
        double step = steps[channel];
        expected[channel] += towards * derivative((s, at) -> onGrid(weight, s, at, -3, 3), step);
        boolean isInside = Math.abs(weight / step) <= 3;
        assertThat(gradients.get("y/kernel")[i])
            .isCloseTo((float) (isInside ? towards : 0), within(1e-6f));
      }
      double factor = 1 / Math.sqrt(UNITS / (double) steps.length * 3);
      float[] scaled = new float[steps.length];
      for (int i = 0; i < steps.length; i++) {
        scaled[i] = (float) (expected[i] * factor);
      }
      assertThat(gradients.get("y/kernel/quantizer/step"))
          .as(Arrays.toString(scaled))
          .containsExactly(scaled, within(1e-5f));
    }
  }
}
