package dev.detent.runtime.network;

/**
 * A batch norm that is folded into an operation.
 *
 * @param momentum the weight of the past in the moving statistics, 0 to 1
 * @param epsilon added to the variance, above 0
 * @param center whether there is a beta
 * @param scale whether there is a gamma
 */
public record BatchNormalization(double momentum, double epsilon, boolean center, boolean scale) {
  /** Keras's default. */
  public static final BatchNormalization DEFAULT = new BatchNormalization(0.99, 0.001, true, true);
}
