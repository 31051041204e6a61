package dev.detent.runtime.quantizer;

/**
 * A quantizer of weights. Its grid must have the zero point 0, as TFLite's kernels want it; the
 * weights are {@link Site#weights()}. By default it is {@link MaxAbs}.
 */
public interface WeightQuantizer extends Quantizer {}
