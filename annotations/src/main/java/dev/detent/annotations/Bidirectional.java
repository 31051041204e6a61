package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stacks on {@link Lstm} and {@link Gru}, and has two of them read the sequence, one in each
 * direction: Keras's {@code Bidirectional} (Schuster and Paliwal, "Bidirectional Recurrent Neural
 * Networks", 1997).
 *
 * <p>{@code @Bidirectional @Lstm(units = 32, returnSequences = true) Layer both;} is Keras's {@code
 * Bidirectional(LSTM(32, return_sequences=True))}. Each direction has weights of its own, which are
 * called {@code both/forward} and {@code both/backward}. What the two yield is merged as {@link
 * #mergeMode} says; with {@code returnSequences} step {@code t} of the one meets step {@code t} of
 * the other, the state after the backward layer has read the steps from the last one to {@code t}.
 *
 * <p>{@code [steps, in]} becomes {@code [units]} or {@code [steps, units]}, with {@link
 * MergeMode#CONCAT} twice the units. Keras's {@code merge_mode=None} is {@link MergeMode#CONCAT}
 * and a {@link Split} in two parts.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Bidirectional {
  /** How what the two directions yield becomes one tensor. */
  MergeMode mergeMode() default MergeMode.CONCAT;
}
