package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each optimizer against its published formula in plain Java, on {@code (w1 x1 + w2 x2 + b - t)^2}.
 */
class OptimizersTest {
  private static final int STEPS = 12;
  private static final double[] X = {1, -0.5, 1}; // the last one is the bias's
  private static final double TARGET = 2;
  private static final double[] START = {0.3, 0.8, -0.1};

  /** One weight's change in one step. */
  private interface Formula {
    /**
     * The next weight.
     *
     * @param slots two numbers of its own, 0 at first
     * @param step counted from 1
     * @param isKernel whether it is no bias
     */
    double next(double w, double gradient, double[] slots, double rate, int step, boolean isKernel);
  }

  private static final DoubleBinaryOperator HALVING = (step, steps) -> step < 6 ? 1 : 0.5;

  private static void assertFollows(Optimizer optimizer, Formula formula) {
    double[] w = START.clone();
    double[][] slots = new double[3][2];
    for (int step = 0; step < STEPS; step++) {
      double error = w[0] * X[0] + w[1] * X[1] + w[2] * X[2] - TARGET;
      double rate = optimizer.learningRate() * HALVING.applyAsDouble(step, STEPS);
      double[] next = new double[3];
      for (int i = 0; i < 3; i++) {
        next[i] = formula.next(w[i], 2 * error * X[i], slots[i], rate, step + 1, i < 2);
      }
      w = next;
    }
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "y",
                    n.fullyConnected("y", n.input("x").output(2))
                        .kernel(2, 1)
                        .bias(Initializer.ZEROS)
                        .output(1)),
            1)) {
      model.variables();
      model.set("y/kernel", (float) START[0], (float) START[1]);
      model.set("y/bias", (float) START[2]);
      model.fit(
          new Dataset(
              Features.of(new float[][] {{(float) X[0], (float) X[1]}}, 2),
              Targets.values(new float[] {(float) TARGET})),
          Fit.epochs(STEPS)
              .optimizer(optimizer)
              .schedule(HALVING::applyAsDouble)
              .progress(Progress.Style.SILENT));
      // 12 steps in float arithmetic with relative errors of some 2^-24 each.
      assertThat(model.get("y/kernel"))
          .containsExactly(new float[] {(float) w[0], (float) w[1]}, within(5e-6f));
      assertThat(model.get("y/bias")).containsExactly(new float[] {(float) w[2]}, within(5e-6f));
    }
  }

  @Test
  void gradientDescent() {
    assertFollows(Optimizers.sgd(0.1), (w, g, slots, rate, step, isKernel) -> w - rate * g);
  }

  @Test
  void momentum() {
    assertFollows(
        Optimizers.sgd(0.05, 0.8),
        (w, g, v, rate, step, isKernel) -> {
          v[0] = 0.8 * v[0] + g;
          return w - rate * v[0];
        });
  }

  /** Sutskever et al. (2013): the step is taken as if the momentum had been applied already. */
  @Test
  void nesterov() {
    assertFollows(
        Optimizers.sgd(0.05, 0.8, true),
        (w, g, v, rate, step, isKernel) -> {
          v[0] = 0.8 * v[0] + g;
          return w - rate * (g + 0.8 * v[0]);
        });
  }

  /** Kingma and Ba (2015), section 2, with epsilon behind the correction as in the text there. */
  private static double adam(double w, double g, double[] slots, double rate, int step) {
    slots[0] = 0.9 * slots[0] + 0.1 * g;
    slots[1] = 0.999 * slots[1] + 0.001 * g * g;
    double corrected = rate * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
    return w - corrected * slots[0] / (Math.sqrt(slots[1]) + 1e-7);
  }

  @Test
  void adam() {
    assertFollows(
        Optimizers.adam(0.1), (w, g, slots, rate, step, isKernel) -> adam(w, g, slots, rate, step));
  }

  /** Loshchilov and Hutter (2019): the decay is not part of the gradient; biases have none. */
  @Test
  void adamW() {
    assertFollows(
        Optimizers.adamW(0.1, 0.05),
        (w, g, slots, rate, step, isKernel) ->
            adam(w - (isKernel ? rate * 0.05 * w : 0), g, slots, rate, step));
  }

  /** What a weight is decides, not its name. */
  @Test
  void decayAppliesToWeightsWithTwoAxesOrMore() {
    try (TinyModel model =
        new TinyModel(
            n -> {
              var slopes = n.prelu("prelu", n.input("x").output(4, 3)).alpha(4, 3).output(4, 3);
              var states =
                  n.lstm("lstm", slopes).units(5).bias(Initializer.ZEROS, true).output(4, 5);
              var last = n.lastStep("last", states).output(5);
              n.output(
                  "y", n.fullyConnected("y", last).kernel(5, 2).bias(Initializer.ZEROS).output(2));
            },
            1)) {
      model.graph().pass(Pass.FLOAT);
      assertThat(model.graph().variables().all())
          .filteredOn(Variables.Variable::isDecayed)
          .extracting(Variables.Variable::name)
          .containsExactlyInAnyOrder("lstm/kernel", "lstm/recurrent_kernel", "y/kernel");
    }
  }

  @Test
  void everyTrainingStartsAfresh() {
    // Slots left by one training would change the first step of the next.
    float[] first = new float[2];
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output("y", n.fullyConnected("y", n.input("x").output(1)).kernel(1, 1).output(1)),
            1)) {
      Dataset one =
          new Dataset(Features.of(new float[][] {{1}}, 1), Targets.values(new float[] {5}));
      for (int i = 0; i < 2; i++) {
        model.variables();
        model.set("y/kernel", 1);
        model.fit(
            one,
            Fit.epochs(3).optimizer(Optimizers.sgd(0.01, 0.9)).progress(Progress.Style.SILENT));
        first[i] = model.get("y/kernel")[0];
      }
    }
    assertThat(first[1]).isEqualTo(first[0]);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Optimizers.sgd(0)).hasMessageContaining("learning rate 0.0");
    assertThatThrownBy(() -> Optimizers.adam(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Optimizers.sgd(0.1, 1)).hasMessageContaining("[0, 1)");
    assertThatThrownBy(() -> Optimizers.adamW(0.1, -1)).hasMessageContaining("weight decay -1.0");
  }
}
