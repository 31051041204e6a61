package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The matrix product of two activations over their last two axes: Keras's {@code ops.matmul},
 * TFLite's {@code BATCH_MATMUL}.
 *
 * <p>{@code [..., rows, inner]} and {@code [..., inner, columns]} become {@code [..., rows,
 * columns]}; the axes in front must be equal, as the batch is. Quantized, the product has a range
 * of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface BatchMatMul {
  /** The two layers to multiply, the left one first. */
  String[] value();

  /** Whether the left one is transposed first: it is then {@code [..., inner, rows]}. */
  boolean transposeA() default false;

  /** Whether the right one is transposed first: it is then {@code [..., columns, inner]}. */
  boolean transposeB() default false;
}
