package dev.detent.runtime.internal.graph;

import java.util.Set;

/**
 * One way to run a model. Each becomes a sub-graph of its own over the same variables, so that
 * switching costs nothing and a float step carries nothing of the quantization.
 *
 * @param quantized tensors that the deployed model holds as integers are fake-quantized
 * @param training dropout acts, batch norm uses the batch unless frozen
 * @param observing the ranges of activations follow the data
 * @param batchNormFrozen batch norm is folded with its moving statistics, even in training
 * @param probed the tensors of one range at a time may be put on a grid
 * @param frozen the layers whose own batch norm is folded so, because nothing of it is trained
 */
public record Pass(
    boolean quantized,
    boolean training,
    boolean observing,
    boolean batchNormFrozen,
    boolean probed,
    Set<String> frozen) {

  /** Copies the set. */
  public Pass {
    frozen = Set.copyOf(frozen);
  }

  /** Training in float. */
  public static final Pass FLOAT_TRAINING = new Pass(false, true, false, false);

  /** Inference in float. */
  public static final Pass FLOAT = new Pass(false, false, false, true);

  /** Inference in float that finds the ranges: post-training calibration. */
  public static final Pass CALIBRATION = new Pass(false, false, true, true);

  /** Quantization-aware training on exactly what will be deployed: all statistics stand. */
  public static final Pass QAT_FROZEN = new Pass(true, true, false, true);

  /** Inference as the deployed model computes it. */
  public static final Pass QUANTIZED = new Pass(true, false, false, true);

  /** Inference in float that tells what a tensor loses on a coarser grid. */
  public static final Pass PROBED = new Pass(false, false, false, true, true, Set.of());

  /** One that is not probed. */
  public Pass(boolean quantized, boolean training, boolean observing, boolean batchNormFrozen) {
    this(quantized, training, observing, batchNormFrozen, false, Set.of());
  }

  /** This one with the batch norms of some layers frozen. */
  public Pass frozen(Set<String> layers) {
    return new Pass(quantized, training, observing, batchNormFrozen, probed, layers);
  }

  /** Whether a layer's batch norm takes its statistics from the batch. */
  boolean usesBatchStatistics(String layer) {
    return training && !batchNormFrozen && !frozen.contains(layer);
  }

  /** A name for the graph's scopes. */
  String scope() {
    return (quantized ? "quantized" : "float")
        + (training ? "_training" : "")
        + (observing ? "_observing" : "")
        + (training && batchNormFrozen ? "_frozen" : "")
        + (probed ? "_probed" : "")
        + (frozen.isEmpty() ? "" : "_partly_frozen");
  }
}
