/**
 * What turns real numbers into a grid of few bits: the ranges of activations, the quantization of
 * weights, and the quantizers that find them.
 *
 * <p>In: what the processor decided for each tensor. Out: the fake-quantized tensor of the training
 * graph and the scale and zero point that the export writes.
 */
package dev.detent.runtime.quantizer;
