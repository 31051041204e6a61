/**
 * The fourth pass. In: a {@link dev.detent.processor.ir.LoweredModel}. Out: a {@link
 * dev.detent.processor.ir.PlacedModel}: every tensor float or in a range of its own or in one that
 * it shares, every kernel float or quantized, and QUANTIZE and DEQUANTIZE at the borders.
 *
 * <p>What the scheme asks of each operation is in {@link dev.detent.processor.ir.OpCode}. Imports
 * {@code model}, {@code ir} and {@code diagnostic}.
 */
package dev.detent.processor.placement;
