package dev.detent.runtime.internal.tflite.write;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one layer with batch norm folded in, in TensorFlow's layout: {@code [height,
 * width, in, out]} for a convolution, {@code [height, width, in, multiplier]} for a depthwise one,
 * {@code [in, out]} for a dense layer.
 *
 * @param kernel integers of {@code bits} bits if quantized, real numbers if not
 * @param kernelShape sizes of {@code kernel}
 * @param scales of the quantized kernel, one, or one for each output channel; none for a float
 *     layer
 * @param bias one for each output channel: integers in steps of input scale times kernel scale if
 *     quantized, real numbers if not; null if the layer has none
 * @param bits width of a quantized weight; 32 for a float layer
 */
public record LayerWeights(
    float[] kernel, int[] kernelShape, float[] scales, float @Nullable [] bias, int bits) {

  /**
   * Checks that the sizes agree.
   *
   * @throws IllegalArgumentException if the kernel has another length than its shape says
   */
  public LayerWeights {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(kernelShape, "kernelShape");
    int elements = Arrays.stream(kernelShape).reduce(1, Math::multiplyExact);
    if (elements != kernel.length) {
      throw new IllegalArgumentException(
          "a kernel of shape %s has %s values, but there are %s"
              .formatted(Arrays.toString(kernelShape), elements, kernel.length));
    }
  }

  /** Weights of a layer that stays float, {@code bias} possibly null. */
  public static LayerWeights ofFloats(float[] kernel, int[] kernelShape, float @Nullable [] bias) {
    return new LayerWeights(kernel, kernelShape, new float[0], bias, Float.SIZE);
  }

  /** Weights of a quantized layer, {@code bias} possibly null. */
  public static LayerWeights ofIntegers(
      float[] kernel, int[] kernelShape, float[] scales, float @Nullable [] bias, int bits) {
    return new LayerWeights(kernel, kernelShape, scales, bias, bits);
  }

  /** Whether kernel and bias are integers. */
  public boolean isQuantized() {
    return scales.length > 0;
  }
}
