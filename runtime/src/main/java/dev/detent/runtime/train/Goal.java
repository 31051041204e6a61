package dev.detent.runtime.train;

import java.util.List;

/**
 * What one output is trained for and how it is measured.
 *
 * @param output its name
 * @param isClasses whether its targets are classes
 * @param lossWeight the loss's factor in the sum of all outputs
 * @param classWeights what the loss of an example counts, by its class; empty if all count 1
 */
record Goal(
    String output,
    boolean isClasses,
    Loss loss,
    double lossWeight,
    List<Float> classWeights,
    List<Metric> metrics) {

  /** Whether all that is computed of the target leaves numbers out that are missing. */
  boolean leavesMissingOut() {
    return loss.leavesMissingOut() && metrics.stream().allMatch(Metric::leavesMissingOut);
  }

  /** Without what only training knows. */
  Goal measuredOnly() {
    return new Goal(output, isClasses, loss, lossWeight, List.of(), metrics);
  }
}
