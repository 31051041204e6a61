package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives attributes of a layer, or parameters of a {@link Block}, values that are worked out when
 * the model is compiled.
 *
 * <pre>{@code
 * @Conv2D(kernelSize = 3, padding = Padding.SAME)
 * @Bind({"filters = divisible(filters * alpha, 8)", "strides = index == 0 ? 2 : 1"})
 * Layer conv;
 * }</pre>
 *
 * <p>Each text is {@code attribute = expression}. What the operation has not, a {@link BatchNorm}
 * or an activation after it on the field may have. Attributes that take several numbers take one
 * for all, or a list: {@code shape = {size, size, 3}}. Expressions have numbers, {@code true} and
 * {@code false}; {@code + - * / %}, where {@code /} does not round; {@code == != < <= > >= && ||
 * !}; {@code a ? b : c}; the functions {@code min(a, b)}, {@code max(a, b)}, {@code floor(a)},
 * {@code ceil(a)}, {@code round(a)}, and {@code divisible(x, n)}, the multiple of {@code n} next to
 * {@code x} that is at least {@code n} and no more than a tenth below {@code x}, as MobileNet
 * rounds its widths. Their names are
 *
 * <ul>
 *   <li>in a block, the block's parameters; {@code height}, {@code width} and {@code channels} of
 *       its input, as far as that has them, unless parameters have these names; {@code index},
 *       which counts repetitions from 0; and the names around the block;
 *   <li>in a model, its constants: static final fields that are numbers or booleans, which a {@link
 *       Variant} may change.
 * </ul>
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Bind {
  /** {@code attribute = expression}, each attribute at most once. */
  String[] value();
}
