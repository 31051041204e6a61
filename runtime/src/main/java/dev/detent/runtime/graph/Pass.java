package dev.detent.runtime.graph;

/**
 * One way to run a model. Each becomes a sub-graph of its own over the same variables, so that
 * switching costs nothing and a float step carries nothing of the quantization.
 *
 * @param quantized tensors that the deployed model holds as integers are fake-quantized
 * @param training dropout acts, batch norm uses the batch unless frozen
 * @param observing the ranges of activations follow the data
 * @param batchNormFrozen batch norm is folded with its moving statistics, even in training
 * @param probed the tensors of one range at a time may be put on a grid
 */
public record Pass(
    boolean quantized,
    boolean training,
    boolean observing,
    boolean batchNormFrozen,
    boolean probed) {

  /** Training in float. */
  public static final Pass FLOAT_TRAINING = new Pass(false, true, false, false);

  /** Inference in float. */
  public static final Pass FLOAT = new Pass(false, false, false, true);

  /** Inference in float that finds the ranges: post-training calibration. */
  public static final Pass CALIBRATION = new Pass(false, false, true, true);

  /** Quantization-aware training while ranges and batch statistics still move. */
  public static final Pass QAT = new Pass(true, true, true, false);

  /** Quantization-aware training on exactly what will be deployed: all statistics stand. */
  public static final Pass QAT_FROZEN = new Pass(true, true, false, true);

  /** Inference as the deployed model computes it. */
  public static final Pass QUANTIZED = new Pass(true, false, false, true);

  /** Inference in float that tells what a tensor loses on a coarser grid. */
  public static final Pass PROBED = new Pass(false, false, false, true, true);

  /** One that is not probed. */
  public Pass(boolean quantized, boolean training, boolean observing, boolean batchNormFrozen) {
    this(quantized, training, observing, batchNormFrozen, false);
  }

  /** Whether batch norm takes its statistics from the batch. */
  boolean usesBatchStatistics() {
    return training && !batchNormFrozen;
  }

  /** A name for the graph's scopes. */
  String scope() {
    return (quantized ? "quantized" : "float")
        + (training ? "_training" : "")
        + (observing ? "_observing" : "")
        + (training && batchNormFrozen ? "_frozen" : "")
        + (probed ? "_probed" : "");
  }
}
