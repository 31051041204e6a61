package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Quantizes a model, or single layers of it, for a target: TFLite's int8 kernels unless {@link
 * #scheme} names another.
 *
 * <p>On a class it stands for every layer that has no {@link KeepFloat}. On fields it stands for
 * those only: their weights and outputs are integers, and the rest of the model is float. Where
 * float and integer layers meet, the deployed model has a {@code QUANTIZE} or {@code DEQUANTIZE}.
 *
 * <p>How, is said by {@link QuantizeConfig}. On an annotation of the user's own it stands for that
 * annotation, wherever that is written.
 */
@Documented
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface Quantize {
  /**
   * What the target can do: a class or interface with {@link dev.detent.annotations.scheme.Scheme}.
   * A model has one; where only fields are annotated, all that name one name the same. Left out, it
   * is {@link dev.detent.annotations.scheme.TfliteInt8}.
   */
  Class<?> scheme() default Default.class;
}
