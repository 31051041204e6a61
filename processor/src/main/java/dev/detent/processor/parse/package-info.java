/**
 * The first pass. In: an annotated class. Out: a {@link
 * dev.detent.processor.model.ModelDeclaration} in which every attribute is in its range and every
 * layer reads layers above it, so that later passes need not check either.
 *
 * <p>The only pass that sees {@code javax.lang.model}. Imports {@code model} and {@code
 * diagnostic}.
 */
@NullMarked
package dev.detent.processor.parse;

import org.jspecify.annotations.NullMarked;
