package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.quantizer.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The constant that an operation reads beside its input: one number a channel, as what a batch norm
 * that stands alone multiplies or adds.
 *
 * @param values real numbers, on the grid of {@code encoding} if that is not null
 * @param encoding of the constant's integers; null in a float layer
 */
public record LayerConstant(float[] values, @Nullable Encoding encoding) {}
