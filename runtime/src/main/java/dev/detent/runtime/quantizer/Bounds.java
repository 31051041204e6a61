package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A smallest and a largest value in the graph, both scalars.
 *
 * @param min the smallest value
 * @param max the largest value
 */
public record Bounds(Operand<TFloat32> min, Operand<TFloat32> max) {}
