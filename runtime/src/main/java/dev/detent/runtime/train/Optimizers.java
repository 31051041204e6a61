package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.types.TFloat32;

/** The optimizers that come with Detent. */
public final class Optimizers {

  /** Keras's default learning rate of Adam: {@value}. */
  public static final double ADAM_LEARNING_RATE = 0.001;

  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-7;

  private Optimizers() {}

  /** {@code w -= rate * g}. */
  public static Optimizer sgd(double learningRate) {
    return sgd(learningRate, 0, false);
  }

  /** {@code v = momentum * v + g; w -= rate * v}. */
  public static Optimizer sgd(double learningRate, double momentum) {
    return sgd(learningRate, momentum, false);
  }

  /**
   * Gradient descent with momentum.
   *
   * @param nesterov look ahead: {@code w -= rate * (g + momentum * v)} (Sutskever et al., 2013)
   * @throws IllegalArgumentException if the rate is not positive or the momentum not in [0, 1)
   */
  public static Optimizer sgd(double learningRate, double momentum, boolean nesterov) {
    return new Sgd(learningRate, momentum, nesterov);
  }

  /** Adam with {@link #ADAM_LEARNING_RATE} and Keras's other defaults. */
  public static Optimizer adam() {
    return adam(ADAM_LEARNING_RATE);
  }

  /** Adam (Kingma and Ba, 2015) with beta1 0.9, beta2 0.999, epsilon 1e-7. */
  public static Optimizer adam(double learningRate) {
    return new Adam(learningRate, BETA_1, BETA_2, EPSILON, 0);
  }

  /**
   * Adam with weight decay that is not part of the gradient (Loshchilov and Hutter, 2019): {@code w
   * -= rate * decay * w} before Adam's step. Applies to weights with two axes or more, as {@link
   * dev.detent.runtime.internal.graph.Variables.Variable#isDecayed} says; Keras's, unless it is
   * told what to leave out, applies to all.
   */
  public static Optimizer adamW(double learningRate, double weightDecay) {
    return new Adam(learningRate, BETA_1, BETA_2, EPSILON, weightDecay);
  }

  private static double positive(double learningRate) {
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException("learning rate " + learningRate + "; it must be positive");
    }
    return learningRate;
  }

  private record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
    Sgd {
      positive(learningRate);
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException("momentum " + momentum + "; it must be in [0, 1)");
      }
    }

    @Override
    public Optimizer learningRate(double rate) {
      return new Sgd(rate, momentum, nesterov);
    }

    @Override
    public List<String> slots() {
      return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public Op apply(
        Ops tf,
        Variables.Variable weight,
        Operand<TFloat32> value,
        Operand<TFloat32> gradient,
        List<Variables.Variable> slots,
        Operand<TFloat32> rate,
        Operand<TFloat32> step) {
      if (momentum == 0) {
        return tf.train.resourceApplyGradientDescent(weight.handle(), rate, gradient);
      }
      return tf.train.resourceApplyMomentum(
          weight.handle(),
          slots.get(0).handle(),
          rate,
          gradient,
          tf.constant((float) momentum),
          ResourceApplyMomentum.useNesterov(nesterov));
    }
  }

  private record Adam(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer {
    Adam {
      positive(learningRate);
      if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
        throw new IllegalArgumentException(
            "weight decay " + weightDecay + "; it must not be negative");
      }
    }

    @Override
    public Optimizer learningRate(double rate) {
      return new Adam(rate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public List<String> slots() {
      return List.of("adam_m", "adam_v");
    }

    @Override
    public Op apply(
        Ops tf,
        Variables.Variable weight,
        Operand<TFloat32> value,
        Operand<TFloat32> gradient,
        List<Variables.Variable> slots,
        Operand<TFloat32> rate,
        Operand<TFloat32> step) {
      Ops then = tf;
      if (weightDecay > 0 && weight.isDecayed()) {
        var decay = tf.math.mul(tf.math.mul(rate, tf.constant((float) weightDecay)), value);
        then = tf.withControlDependencies(tf.assignSubVariableOp(weight.handle(), decay));
      }
      return then.train.resourceApplyAdam(
          weight.handle(),
          slots.get(0).handle(),
          slots.get(1).handle(),
          tf.math.pow(tf.constant((float) beta1), step),
          tf.math.pow(tf.constant((float) beta2), step),
          rate,
          tf.constant((float) beta1),
          tf.constant((float) beta2),
          tf.constant((float) epsilon),
          gradient);
    }
  }
}
