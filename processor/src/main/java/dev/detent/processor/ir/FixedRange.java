package dev.detent.processor.ir;

/**
 * A range that a kernel prescribes: {@code real = (q - zeroPoint) * scale}.
 *
 * @param scale of one step
 * @param zeroPoint the integer that stands for 0
 */
public record FixedRange(double scale, int zeroPoint) {}
