/**
 * The last pass. In: a {@link dev.detent.processor.ir.PlacedModel}. Out: the source file of the
 * generated class, which the entry writes.
 *
 * <p>{@link dev.detent.processor.emit.Emitters} has one emitter an operation. Nothing here depends
 * on the order of a hash or on the machine: the same model gives the same bytes. The only place
 * that knows JavaPoet. Imports {@code model} and {@code ir}.
 */
@NullMarked
package dev.detent.processor.emit;

import org.jspecify.annotations.NullMarked;
