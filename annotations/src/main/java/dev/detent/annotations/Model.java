package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a neural network: each field of type {@link Layer} is a layer, in the order of data
 * flow. For a class {@code Digits} the compiler generates {@code DigitsModel} in the same package,
 * public if the class is; for a class {@code Digits} nested in {@code Outer} it generates {@code
 * Outer_DigitsModel}.
 *
 * <p>The class is a class of its own or a static nested one, not private, not abstract, not
 * generic, and extends nothing. It has at least one {@link Input} and one other layer. Static
 * fields of other types are the user's own: constants for attributes, for example.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Model {}
