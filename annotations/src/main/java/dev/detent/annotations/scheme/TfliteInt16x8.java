package dev.detent.annotations.scheme;

/**
 * TFLite's 16x8 scheme: activations of 16 bits with zero point 0, weights of 8 bits. For models
 * that lose too much with activations of 8 bits; single layers may have these.
 */
@Scheme(
    name = "TFLite int16 activations",
    tflite = true,
    activations = {
      @ActivationRule(bits = 16, symmetric = true),
      @ActivationRule(bits = 8),
    })
public interface TfliteInt16x8 {}
