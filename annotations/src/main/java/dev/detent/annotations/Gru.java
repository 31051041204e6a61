package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A gated recurrent unit: Keras's {@code GRU} (Cho et al., "Learning Phrase Representations using
 * RNN Encoder-Decoder for Statistical Machine Translation", 2014).
 *
 * <p>{@code [steps, in]} becomes {@code [units]}, the state after the last step, or with {@link
 * #returnSequences} {@code [steps, units]}. From a state of zeros, each step computes {@code z =
 * sigmoid(x K_z + b_z + h R_z)}, {@code r = sigmoid(x K_r + b_r + h R_r)}, {@code n = tanh(x K_n +
 * b_n + r (h R_n + c))} and {@code h = z h + (1 - z) n}; without {@link #resetAfter} {@code n =
 * tanh(x K_n + b_n + (r h) R_n)}. The kernels hold {@code 3 * units * (in + units)} numbers, the
 * biases {@code 3 * units}, and {@code c} another {@code units}. Keras has biases for {@code h R_z}
 * and {@code h R_r} too, which do nothing that {@code b_z} and {@code b_r} cannot.
 *
 * <p>TFLite has no kernel for it, so that it is deployed as the operations of every step, one after
 * the other: about 16 a step, which the compiler says in a note. {@link Lstm} is one operation.
 * {@link #goBackwards} costs nothing. {@link Bidirectional} stacks.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Gru {
  /** Size of the state, at least 1. */
  int units() default 0;

  /** Whether the state after every step is wanted, not only the last one. */
  boolean returnSequences() default false;

  /**
   * Whether the steps are read from the last one to the first. With {@link #returnSequences} the
   * states come in that order, too, as Keras's do. {@link Bidirectional} reads both ways.
   */
  boolean goBackwards() default false;

  /** Whether the reset gate acts after the product of state and kernel, or in front of it. */
  boolean resetAfter() default true;

  /** Whether biases are added. */
  boolean useBias() default true;

  /** How the kernels of the input start. */
  Initializer kernelInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the kernels of the state start. */
  Initializer recurrentInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the biases start; only with {@link #useBias}. */
  Initializer biasInitializer() default Initializer.ZEROS;

  /** The factor of the L1 penalty {@code factor * sum(|kernel|)} in the loss; 0 is none. */
  double kernelL1() default 0;

  /** The factor of the L2 penalty {@code factor * sum(kernel^2)} in the loss; 0 is none. */
  double kernelL2() default 0;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
