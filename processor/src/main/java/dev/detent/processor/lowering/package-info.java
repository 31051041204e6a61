/**
 * The third pass. In: a {@link dev.detent.processor.ir.ShapedModel}. Out: a {@link
 * dev.detent.processor.ir.LoweredModel}: the operations that TFLite will run, batch norms folded
 * and activations fused.
 *
 * <p>{@link dev.detent.processor.lowering.LoweringRules} has one rule a layer. {@link
 * dev.detent.processor.lowering.BatchNormFolding} runs before them and {@link
 * dev.detent.processor.lowering.CancellingReshapes} after them. Imports {@code model}, {@code ir}
 * and {@code diagnostic}.
 */
@NullMarked
package dev.detent.processor.lowering;

import org.jspecify.annotations.NullMarked;
