/**
 * What the passes hand on: the model with shapes, as operations of the deployed model, and with
 * every tensor's quantization.
 *
 * <p>All values are immutable; each holds the one before it where that is still needed. Imports
 * {@code model} and {@code diagnostic}.
 */
@NullMarked
package dev.detent.processor.ir;

import org.jspecify.annotations.NullMarked;
