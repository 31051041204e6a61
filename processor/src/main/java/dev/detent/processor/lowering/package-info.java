/**
 * The third pass. In: a {@link dev.detent.processor.ir.ShapedModel}. Out: a {@link
 * dev.detent.processor.ir.LoweredModel}: the operations that TFLite will run, batch norms folded
 * and activations fused.
 *
 * <p>{@link dev.detent.processor.lowering.LoweringRules} has one rule a layer. Imports {@code
 * model}, {@code ir} and {@code diagnostic}.
 */
package dev.detent.processor.lowering;
