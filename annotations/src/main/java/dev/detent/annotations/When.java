package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves a layer out unless a condition holds, when the model is compiled.
 *
 * <pre>{@code
 * @Add({"input", "project"}) @When("strides == 1 && channels == filters") Layer sum;
 * }</pre>
 *
 * <p>A layer that is left out stands for what it would have read; one that merges several stands
 * for the last that it names. Expressions are those of {@link Bind}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface When {
  /** An expression that is true or false. */
  String value();
}
