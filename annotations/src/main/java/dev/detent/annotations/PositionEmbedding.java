package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds a trained vector to each position: KerasHub's {@code PositionEmbedding} and the addition
 * after it, TFLite's {@code ADD} of a constant.
 *
 * <p>{@code [positions, channels]} keeps its shape; the layer holds as many numbers. Quantized, the
 * constant has a range of its own, as the sum has.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface PositionEmbedding {
  /** How the vectors start. */
  Initializer initializer() default Initializer.GLOROT_UNIFORM;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
