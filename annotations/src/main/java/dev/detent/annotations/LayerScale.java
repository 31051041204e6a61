package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code y = gamma * x} with a trained gamma for each channel, which lets a residual branch start
 * small: the {@code LayerScale} of Keras's ConvNeXt (Touvron et al., "Going Deeper with Image
 * Transformers", 2021). The shape stays; gamma holds {@code channels} numbers.
 *
 * <p>It runs as {@code MUL} with a constant. That constant is int8 with one scale for all channels.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface LayerScale {
  /** What each gamma starts with. */
  double initValues() default 1e-6;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
