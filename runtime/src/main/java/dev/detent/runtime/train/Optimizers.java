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

  /**
   * RMSprop (Hinton, 2012) with Keras's defaults: {@code v = rho * v + (1 - rho) * g^2; w -= rate *
   * g / sqrt(v + epsilon)}, rho 0.9, epsilon 1e-7.
   */
  public static Optimizer rmsProp(double learningRate) {
    return rmsProp(learningRate, 0);
  }

  /**
   * The same with momentum: {@code m = momentum * m + rate * g / sqrt(v + epsilon); w -= m}.
   *
   * @throws IllegalArgumentException if the rate is not positive or the momentum not in [0, 1)
   */
  public static Optimizer rmsProp(double learningRate, double momentum) {
    return new RmsProp(learningRate, momentum);
  }

  /**
   * Lion (Chen et al., 2023) with beta1 0.9 and beta2 0.99: {@code w -= rate * (sign(beta1 * m + (1
   * - beta1) * g) + decay * w); m = beta2 * m + (1 - beta2) * g}. The decay applies to the weights
   * that {@link #adamW} decays.
   *
   * @param learningRate three to ten times smaller than Adam's, as its authors advise
   */
  public static Optimizer lion(double learningRate, double weightDecay) {
    return new Lion(learningRate, weightDecay);
  }

  private static void requireMomentum(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum " + momentum + "; it must be in [0, 1)");
    }
  }

  private static void requireDecay(double weightDecay) {
    if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      throw new IllegalArgumentException(
          "weight decay " + weightDecay + "; it must not be negative");
    }
  }

  /** What builds operations after the weight was decayed. */
  private static Ops decayed(
      Ops tf,
      Variables.Variable weight,
      Operand<TFloat32> value,
      Operand<TFloat32> rate,
      double weightDecay) {
    if (weightDecay == 0 || !weight.isDecayed()) {
      return tf;
    }
    var decay = tf.math.mul(tf.math.mul(rate, tf.constant((float) weightDecay)), value);
    return tf.withControlDependencies(tf.assignSubVariableOp(weight.handle(), decay));
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
      requireMomentum(momentum);
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
      requireDecay(weightDecay);
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
      Ops then = decayed(tf, weight, value, rate, weightDecay);
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

  private record RmsProp(double learningRate, double momentum) implements Optimizer {
    private static final double RHO = 0.9;

    RmsProp {
      positive(learningRate);
      requireMomentum(momentum);
    }

    @Override
    public Optimizer learningRate(double rate) {
      return new RmsProp(rate, momentum);
    }

    @Override
    public List<String> slots() {
      return List.of("rms", "rms_momentum");
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
      return tf.train.resourceApplyRmsProp(
          weight.handle(),
          slots.get(0).handle(),
          slots.get(1).handle(),
          rate,
          tf.constant((float) RHO),
          tf.constant((float) momentum),
          tf.constant((float) EPSILON),
          gradient);
    }
  }

  private record Lion(double learningRate, double weightDecay) implements Optimizer {
    private static final double BETA_2 = 0.99;

    Lion {
      positive(learningRate);
      requireDecay(weightDecay);
    }

    @Override
    public Optimizer learningRate(double rate) {
      return new Lion(rate, weightDecay);
    }

    @Override
    public List<String> slots() {
      return List.of("lion_m");
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
      var momentum = slots.get(0).handle();
      var before = tf.readVariableOp(momentum, TFloat32.class);
      var sign = tf.math.sign(mixed(tf, before, gradient, BETA_1));
      var after = mixed(tf, before, gradient, BETA_2);
      Ops then = decayed(tf, weight, value, rate, weightDecay);
      var moved = then.assignSubVariableOp(weight.handle(), then.math.mul(rate, sign));
      return then.withControlDependencies(moved, sign).assignVariableOp(momentum, after);
    }

    private static Operand<TFloat32> mixed(
        Ops tf, Operand<TFloat32> momentum, Operand<TFloat32> gradient, double beta) {
      return tf.math.add(
          tf.math.mul(momentum, tf.constant((float) beta)),
          tf.math.mul(gradient, tf.constant((float) (1 - beta))));
    }
  }
}
