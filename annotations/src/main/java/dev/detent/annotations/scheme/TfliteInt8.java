package dev.detent.annotations.scheme;

/**
 * TFLite's int8 scheme, the default: weights of 8 bits in [-127, 127] with one scale for each
 * output channel, activations of 8 bits with a learned zero point (TensorFlow Lite 8-bit
 * quantization specification).
 */
@Scheme(name = "TFLite int8", tflite = true)
public interface TfliteInt8 {}
