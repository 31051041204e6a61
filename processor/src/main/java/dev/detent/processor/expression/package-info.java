/**
 * The expressions in {@code @Bind} and {@code @When}: whole and decimal numbers, arithmetic,
 * comparisons, conditions, a few functions, and names that the place of use gives a value.
 *
 * <p>In: text. Out: an {@link dev.detent.processor.expression.Expression} that is evaluated as
 * often as there are values for its names. What is wrong with a text or a value is an {@link
 * dev.detent.processor.expression.ExpressionException} with a message for the user. Imports nothing
 * of Detent.
 */
@NullMarked
package dev.detent.processor.expression;

import org.jspecify.annotations.NullMarked;
