package dev.detent.annotations.scheme;

/**
 * Weights and activations of 2 to 16 bits, layer by layer, 8 where nothing is said: for research,
 * and for finding the widths that a network needs. A model can be exported if TFLite runs all
 * widths that it has (weights of 4 and 8 bits, activations of 8, and of 16 with zero point 0);
 * otherwise it is trained and evaluated, and an export is an error that names the layers.
 */
@Scheme(
    name = "any width",
    tflite = true,
    weights =
        @WeightRule(
            bits = {8, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16},
            narrowRange = {true, false}),
    activations = {
      @ActivationRule(bits = {8, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15}),
      @ActivationRule(
          bits = 16,
          symmetric = {true, false})
    })
public interface AnyWidth {}
