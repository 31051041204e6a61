package dev.detent.processor.ir;

/**
 * A range that a kernel prescribes: {@code real = (q - zeroPoint) * scale}.
 *
 * @param scale of one step
 * @param zeroPoint the integer that stands for 0
 */
public record FixedRange(double scale, int zeroPoint) {
  private static final int BITS = 8;

  /**
   * The range of this 8-bit one in another width: what the integers reach, {@code [(-128 -
   * zeroPoint) * scale, (128 - zeroPoint) * scale)}, is the same. A symmetric one reaches the
   * larger of the two on both sides. So softmax's 1/256 and -128 are 1/32768 and 0 in TFLite's
   * int16 kernels, and so are tanh's 1/128 and 0.
   */
  public FixedRange as(int bits, boolean symmetric) {
    int half = 1 << (BITS - 1);
    int wider = 1 << (bits - 1);
    double reachesDown = (half + zeroPoint) * scale;
    double reachesUp = (half - zeroPoint) * scale;
    if (symmetric) {
      return new FixedRange(Math.max(reachesDown, reachesUp) / wider, 0);
    }
    double step = scale * half / wider;
    long zero = Math.round(reachesDown / step) - wider;
    return new FixedRange(step, (int) Math.min(zero, wider - 1));
  }
}
