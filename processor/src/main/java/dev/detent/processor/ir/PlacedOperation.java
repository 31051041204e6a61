package dev.detent.processor.ir;

import dev.detent.processor.model.QuantizationConfig;
import java.util.Optional;

/**
 * An operation with the quantization of what it holds.
 *
 * @param operation the operation
 * @param range of its output; empty if that is float
 * @param weights how its weights are quantized; empty if they are float, or it has none
 * @param origin what the user wrote of it on the field, for comments; empty if nothing
 */
public record PlacedOperation(
    Operation operation,
    Optional<RangeSpec> range,
    Optional<QuantizationConfig.Weights> weights,
    Optional<String> origin) {}
