package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One more member of a family of models: the same layers with other values of the model's
 * constants.
 *
 * <pre>{@code
 * @Model
 * @Variant(name = "MobileNetQuarter", value = {"alpha = 0.25", "size = 96"})
 * class MobileNet {
 *   static final double alpha = 1;
 *   static final int size = 224;
 *
 *   @Input @Bind("shape = {size, size, 3}") Layer image;
 *   @Conv2D(kernelSize = 3, strides = 2) @Bind("filters = divisible(32 * alpha, 8)") Layer stem;
 *   ...
 * }
 * }</pre>
 *
 * <p>For it the compiler generates {@code MobileNetQuarterModel}, beside {@code MobileNetModel}
 * with the constants as they are.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
@Repeatable(Variants.class)
public @interface Variant {
  /** The name that the generated class has in place of the model's: a Java identifier. */
  String name();

  /** {@code constant = expression}; the expressions are those of {@link Bind}. */
  String[] value();
}
