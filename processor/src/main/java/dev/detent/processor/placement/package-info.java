/**
 * The fourth pass. In: a {@link dev.detent.processor.ir.LoweredModel}. Out: a {@link
 * dev.detent.processor.ir.PlacedModel}: every tensor float or in a range of its own or in one that
 * it shares, every kernel float or quantized, and QUANTIZE and DEQUANTIZE at the borders.
 *
 * <p>What the kernels ask of each operation is in {@link dev.detent.processor.ir.OpCode}; what the
 * target has, and where it differs, in {@link dev.detent.processor.model.SchemeDeclaration}. {@link
 * dev.detent.processor.placement.SchemeResolution} completes what the user asked for from that,
 * layer by layer, and {@link dev.detent.processor.placement.TensorPlacement} works on the result.
 * Imports {@code model}, {@code ir} and {@code diagnostic}.
 */
@NullMarked
package dev.detent.processor.placement;

import org.jspecify.annotations.NullMarked;
