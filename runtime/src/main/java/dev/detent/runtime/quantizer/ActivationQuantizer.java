package dev.detent.runtime.quantizer;

/**
 * A quantizer of activations. Its grid comes from variables, never from the batch at hand: the
 * deployed model has one scale for all data. By default it is {@link MovingAverage}.
 */
public interface ActivationQuantizer extends Quantizer {}
