package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Quantizes a model, or single layers of it, for TFLite's int8 kernels.
 *
 * <p>On a class it stands for every layer that has no {@link KeepFloat}. On fields it stands for
 * those only: their weights and outputs are int8, and the rest of the model is float. Where float
 * and int8 layers meet, the deployed model has a {@code QUANTIZE} or {@code DEQUANTIZE}.
 *
 * <p>How, is said by {@link QuantizeConfig}.
 */
@Documented
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface Quantize {}
