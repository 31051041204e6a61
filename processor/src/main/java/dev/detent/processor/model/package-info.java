/**
 * What the user declared: the parser's result, and the table of the layers that there are.
 *
 * <p>All values are immutable. {@link dev.detent.processor.model.OperationKind} is the table: one
 * row says everything the parser needs to know of a layer. Every value keeps a {@link
 * dev.detent.processor.diagnostic.SourceRef} to where it was written, for later passes' messages.
 *
 * <p>Imports {@code diagnostic} only.
 */
@NullMarked
package dev.detent.processor.model;

import org.jspecify.annotations.NullMarked;
