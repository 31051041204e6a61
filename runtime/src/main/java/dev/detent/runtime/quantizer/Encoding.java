package dev.detent.runtime.quantizer;

/**
 * How integers stand for real numbers in the deployed model: {@code real = (q - zeroPoint) *
 * scale}.
 *
 * @param scale the size of one step, positive
 * @param zeroPoint the integer that stands for 0, signed: -128 to 127 for 8 bits
 * @param bits width of one value
 */
public record Encoding(float scale, int zeroPoint, int bits) {

  /** The real number that {@code q} stands for. */
  public float dequantize(int q) {
    return (q - zeroPoint) * scale;
  }

  /**
   * The integer that stands for {@code value}, in the float arithmetic of TensorFlow's {@code
   * FakeQuantWithMinMaxVars}, so that values on the border between two steps go where the training
   * graph sends them: clamped, divided by the scale, rounded half up.
   *
   * @return -2^(bits-1) to 2^(bits-1) - 1; the same as for 0 if {@code value} is not a number
   */
  public int quantize(float value) {
    int half = 1 << (bits - 1);
    float min = (-half - zeroPoint) * scale;
    float max = (half - 1 - zeroPoint) * scale;
    float zero = half + zeroPoint;
    float clamped = Math.max(Math.min(value, max), min);
    float steps = (float) Math.floor((clamped - min) / scale - zero + 0.5f);
    return Math.max(-half, Math.min(half - 1, (int) steps + zeroPoint));
  }

  /**
   * The nudged encoding of a range, in the float arithmetic of TensorFlow's {@code
   * FakeQuantWithMinMaxVars} (kernel {@code Nudge}): {@code scale = (max - min) / (2^bits - 1)},
   * and the zero point is rounded half away from zero and clamped, so that 0 is exact.
   *
   * @param min at most 0
   * @param max at least 0, above {@code min}
   */
  public static Encoding nudged(float min, float max, int bits) {
    float highest = (1 << bits) - 1;
    float scale = (max - min) / highest;
    float fromMin = 0 - min / scale;
    int unsigned;
    if (fromMin < 0) {
      unsigned = 0;
    } else if (fromMin > highest) {
      unsigned = (int) highest;
    } else {
      unsigned = (int) Math.floor(fromMin + 0.5); // fromMin is not negative here
    }
    return new Encoding(scale, unsigned - (1 << (bits - 1)), bits);
  }
}
