package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a layer yields in the graph: {@code [batch, ...shape]}.
 *
 * @param name the layer's name
 * @param operand the values; on the grid of {@code range} in a quantized pass
 * @param shape sizes without the batch; not to be changed
 * @param range the range whose scale the deployed tensor has; null where it stays float
 * @param logits what the softmax that made this read: the loss is taken there, as it is stable
 */
public record LayerTensor(
    String name,
    Operand<TFloat32> operand,
    int[] shape,
    @Nullable ActivationRange range,
    Optional<Operand<TFloat32>> logits) {}
