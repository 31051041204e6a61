package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.Kernels;

/**
 * The time of one example on one thread: the deployed file and the float file of the same model,
 * measured in turns.
 *
 * @param kernels which ran both
 * @param int8Millis the median of the deployed file
 * @param floatMillis the median of the float file
 * @param ratio the median over pairs of the deployed file's time divided by the float file's: below
 *     1 the deployed file is faster
 * @param runs how many of each were timed
 */
public record LatencyResult(
    Kernels kernels, double int8Millis, double floatMillis, double ratio, int runs) {}
