package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code y = scale * x + offset}: Keras's {@code Rescaling}. The shape stays.
 *
 * <p>It runs as {@code MUL} and {@code ADD}, or {@code MUL} alone where the offset is 0.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Rescaling {
  /** What each value is multiplied with; not 0. */
  double scale() default Double.NaN;

  /** What is added then. */
  double offset() default 0;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
