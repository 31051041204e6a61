package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A long short-term memory: Keras's {@code LSTM}, TFLite's {@code UNIDIRECTIONAL_SEQUENCE_LSTM}
 * (Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997).
 *
 * <p>{@code [steps, in]} becomes {@code [units]}, the state after the last step, or with {@link
 * #returnSequences} {@code [steps, units]}. From a state of zeros, each step computes {@code z = x
 * K + h R + b} in four parts, then {@code c = sigmoid(z_f) c + sigmoid(z_i) tanh(z_c)} and {@code h
 * = sigmoid(z_o) tanh(c)}. The kernels hold {@code 4 * units * (in + units)} numbers.
 *
 * <p>Quantized, TFLite's integer kernel runs: int8 weights with one scale a gate, the gates in 16
 * bits, the cell state in 16 bits from -16 to 16, which is where it saturates, and the state in 8
 * bits from -1 to 1, scale 1/128, zero point 0. Training follows it to the bit.
 *
 * <p>{@link Bidirectional} stacks. With {@link #goBackwards} a {@code STRIDED_SLICE} with a stride
 * of -1 turns the sequence round in front of the operation: TFLite's {@code REVERSE_V2} has had no
 * int8 kernel for long.
 *
 * <p>The deployed operation keeps its state from run to run. Where each run is a sequence of its
 * own, reset the interpreter's variable tensors before it: {@code resetVariableTensors()} in Java,
 * {@code ResetVariableTensors()} in C++, {@code reset_all_variables()} in Python.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Lstm {
  /** Size of the state, at least 1. */
  int units() default 0;

  /** Whether the state after every step is wanted, not only the last one. */
  boolean returnSequences() default false;

  /**
   * Whether the steps are read from the last one to the first. With {@link #returnSequences} the
   * states come in that order, too, as Keras's do. {@link Bidirectional} reads both ways.
   */
  boolean goBackwards() default false;

  /** Whether a bias is added. */
  boolean useBias() default true;

  /** Whether the forget gate's bias starts with ones; only with {@link #useBias}. */
  boolean unitForgetBias() default true;

  /** How the kernel of the input starts. */
  Initializer kernelInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the kernel of the state starts. */
  Initializer recurrentInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the bias starts; only with {@link #useBias}. */
  Initializer biasInitializer() default Initializer.ZEROS;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
