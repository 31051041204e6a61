package dev.detent.annotations.scheme;

import dev.detent.annotations.Granularity;

/**
 * TFLite's int8 scheme with one scale for all weights of a layer, which older accelerators want.
 */
@Scheme(
    name = "TFLite int8 per tensor",
    tflite = true,
    weights = @WeightRule(granularity = Granularity.PER_TENSOR))
public interface TflitePerTensor {}
