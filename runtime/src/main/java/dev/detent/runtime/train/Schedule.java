package dev.detent.runtime.train;

/** The course of the learning rate, as a factor on the optimizer's. */
@FunctionalInterface
public interface Schedule {

  /**
   * The factor of one step.
   *
   * @param step counted from 0
   * @param steps how many there will be
   */
  double factor(long step, long steps);

  /** 1 throughout. */
  static Schedule constant() {
    return (step, steps) -> 1;
  }

  /**
   * {@code (1 + cos(pi * step / steps)) / 2}: from 1 to 0 (Loshchilov and Hutter, 2017, without
   * restarts).
   */
  static Schedule cosine() {
    return (step, steps) -> (1 + Math.cos(Math.PI * step / steps)) / 2;
  }

  /** {@code rate^(step / every)}, as Keras's {@code ExponentialDecay}. */
  static Schedule exponential(double rate, long every) {
    return (step, steps) -> Math.pow(rate, (double) step / every);
  }

  /** From 1 to {@code end} in a straight line. */
  static Schedule linear(double end) {
    return (step, steps) -> 1 + (end - 1) * step / steps;
  }

  /**
   * Times {@code factor} at each of the given shares of the way.
   *
   * @param shares in (0, 1): 0.5 and 0.75 drop at half and three quarters of the steps
   */
  static Schedule steps(double factor, double... shares) {
    double[] at = shares.clone();
    return (step, steps) -> {
      double value = 1;
      for (double share : at) {
        if (step >= share * steps) {
          value *= factor;
        }
      }
      return value;
    };
  }

  /** This one, after a rise from 0 in a straight line over the first {@code warmUp} steps. */
  default Schedule after(long warmUp) {
    return (step, steps) ->
        step < warmUp ? (step + 1.0) / warmUp : factor(step - warmUp, Math.max(1, steps - warmUp));
  }
}
