package dev.detent.examples.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The order of the states is Keras's: {@code go_backwards} yields them as they are computed, {@code
 * Bidirectional} turns those of its backward layer round again.
 */
class BothWaysTest {
  private static final float[] SIGNAL = {0.5f, -1, 2, 0.25f};

  /** Four steps in single precision, of functions that are off by a few units in the last place. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

  @Test
  void lstmsReadBothWays() {
    try (BothWays_LstmsModel model = BothWays_LstmsModel.create(1)) {
      var outputs = model.predict(SIGNAL);
      check(
          BothWaysTest::lstm, outputs.backwards(), outputs.first(), outputs.both(), outputs.ends());
    }
  }

  @Test
  void grusReadBothWays() {
    try (BothWays_GrusModel model = BothWays_GrusModel.create(1)) {
      var outputs = model.predict(SIGNAL);
      check(
          BothWaysTest::gru, outputs.backwards(), outputs.first(), outputs.both(), outputs.ends());
    }
  }

  private static void check(
      UnaryOperator<float[]> states, float[] backwards, float[] first, float[] both, float[] ends) {
    float[] forward = states.apply(SIGNAL);
    float[] turned = states.apply(reversed(SIGNAL));
    float[] restored = reversed(turned);
    int last = BothWays.STEPS - 1;
    assertThat(backwards).containsExactly(turned, ROUNDING);
    assertThat(first).containsExactly(new float[] {turned[last]}, ROUNDING);
    float[] pairs = new float[2 * BothWays.STEPS];
    for (int t = 0; t < BothWays.STEPS; t++) {
      pairs[2 * t] = forward[t];
      pairs[2 * t + 1] = restored[t];
    }
    assertThat(both).containsExactly(pairs, ROUNDING);
    assertThat(ends).containsExactly(new float[] {(forward[last] + turned[last]) / 2}, ROUNDING);
  }

  private static float[] reversed(float[] values) {
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[values.length - 1 - i];
    }
    return turned;
  }

  /** One unit, kernels of ones; only the forget gate has a bias, of one. */
  private static float[] lstm(float[] steps) {
    float[] states = new float[steps.length];
    double h = 0;
    double c = 0;
    for (int t = 0; t < steps.length; t++) {
      double z = steps[t] + h;
      c = sigmoid(z + 1) * c + sigmoid(z) * Math.tanh(z);
      h = sigmoid(z) * Math.tanh(c);
      states[t] = (float) h;
    }
    return states;
  }

  /** One unit, kernels of ones, no biases. */
  private static float[] gru(float[] steps) {
    float[] states = new float[steps.length];
    double h = 0;
    for (int t = 0; t < steps.length; t++) {
      double gate = sigmoid(steps[t] + h);
      double candidate = Math.tanh(steps[t] + gate * h);
      h = gate * h + (1 - gate) * candidate;
      states[t] = (float) h;
    }
    return states;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
