package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a layer as an output of the model. Without any, the last layer is the output; with one or
 * more, exactly those are, in the order of their fields. An output may be read by other layers too,
 * and an {@link Input} may be one: the deployed model then gives out what it takes, as it is.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Output {}
