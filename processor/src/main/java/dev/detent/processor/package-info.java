/**
 * The annotation processor. Each pass is a package and takes one immutable value and returns the
 * next: {@code parse}, {@code shape}, {@code lowering}, {@code placement}, {@code emit}. {@link
 * dev.detent.processor.Pipeline} chains them; {@link dev.detent.processor.DetentProcessor} is what
 * {@code javac} starts. In: classes annotated with {@code @Model}. Out: a class for each, or
 * diagnostics.
 */
@NullMarked
package dev.detent.processor;

import org.jspecify.annotations.NullMarked;
