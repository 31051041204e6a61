package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code softmax(query key^T / sqrt(d)) value}, where {@code d} is the last size of query and key
 * (Vaswani et al., "Attention Is All You Need", 2017, equation 1): Keras's {@code Attention} with
 * that scale.
 *
 * <p>Query is {@code [..., rows, d]}, key {@code [..., steps, d]} and value {@code [..., steps,
 * columns]}; the result is {@code [..., rows, columns]}. TFLite runs it as {@code BATCH_MATMUL},
 * {@code SOFTMAX} and {@code BATCH_MATMUL}; the factor {@code 1 / sqrt(d)} is the softmax's {@code
 * beta}, so that it costs no operation. The tensors between are called {@code NAME/scores} and
 * {@code NAME/weights}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface ScaledDotProductAttention {
  /** The three layers that it reads: query, key and value. */
  String[] value();
}
