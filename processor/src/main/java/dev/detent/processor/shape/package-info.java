/**
 * The second pass. In: a {@link dev.detent.processor.model.ModelDeclaration}. Out: a {@link
 * dev.detent.processor.ir.ShapedModel}: the shape of every output and kernel, parameters and
 * multiply-accumulates.
 *
 * <p>{@link dev.detent.processor.shape.ShapeRules} has one rule a layer. Imports {@code model},
 * {@code ir} and {@code diagnostic}.
 */
@NullMarked
package dev.detent.processor.shape;

import org.jspecify.annotations.NullMarked;
