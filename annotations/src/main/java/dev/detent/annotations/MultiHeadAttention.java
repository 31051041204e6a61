package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Multi-head attention: Keras's {@code MultiHeadAttention} (Vaswani et al., "Attention Is All You
 * Need", 2017, section 3.2.2).
 *
 * <p>{@code [steps, channels]} stays {@code [steps, channels]}. Three dense projections make {@code
 * numHeads} queries, keys and values of every step, each head attends by itself as {@link
 * ScaledDotProductAttention} says, and a fourth projection puts the heads together. With {@code h}
 * heads, {@code k = keyDim} and {@code v = valueDim} the kernels hold {@code channels * h * (2 * k
 * + v) + h * v * channels} numbers and the biases {@code h * (2 * k + v) + channels}.
 *
 * <p>Keys and values are made of the query's layer, or of other ones:
 * {@code @MultiHeadAttention(numHeads = 4, keyDim = 16, valueFrom = "encoded")} is Keras's {@code
 * MultiHeadAttention(4, 16)(query, encoded)}. Those have as many steps as one another, but not as
 * the query, and any number of channels, as many as which their kernels have rows.
 *
 * <p>TFLite runs it as {@code FULLY_CONNECTED}, {@code RESHAPE}, {@code TRANSPOSE}, {@code
 * BATCH_MATMUL} and {@code SOFTMAX}. The tensors between are called {@code NAME/query}, {@code
 * NAME/key}, {@code NAME/value}, {@code NAME/scores}, {@code NAME/weights}, {@code NAME/context}
 * and so on; each is quantized as its operation wants it.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface MultiHeadAttention {
  /** The number of heads, at least 1. */
  int numHeads() default 0;

  /** Size of one head's query and key, at least 1. */
  int keyDim() default 0;

  /** Size of one head's value, at least 1; 0 stands for {@link #keyDim}. */
  int valueDim() default 0;

  /** The share of the attention weights that is dropped in training, at least 0 and below 1. */
  double dropout() default 0;

  /** Whether the projections add a bias. */
  boolean useBias() default true;

  /** How the kernels of the projections start. */
  Initializer kernelInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the biases start; only with {@link #useBias}. */
  Initializer biasInitializer() default Initializer.ZEROS;

  /** The factor of the L1 penalty {@code factor * sum(|kernel|)} in the loss; 0 is none. */
  double kernelL1() default 0;

  /** The factor of the L2 penalty {@code factor * sum(kernel^2)} in the loss; 0 is none. */
  double kernelL2() default 0;

  /** The layer that the queries are made of; by default the field above. */
  String from() default "";

  /** The layer that the values are made of; by default the one that the queries are made of. */
  String valueFrom() default "";

  /**
   * The layer that the keys are made of; by default the one that the values are made of. Only with
   * {@link #valueFrom}.
   */
  String keyFrom() default "";
}
