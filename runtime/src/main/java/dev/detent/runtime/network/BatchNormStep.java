package dev.detent.runtime.network;

import dev.detent.annotations.Activation;

/** One of the two operations of a batch norm that stands alone, under construction. */
public final class BatchNormStep extends Step {
  private final Operation.BatchNorm.Part part;
  private final Tensor x;
  private String owner;
  private BatchNormalization norm = BatchNormalization.DEFAULT;
  private Activation activation = Activation.NONE;

  BatchNormStep(NetworkBuilder network, Operation.BatchNorm.Part part, String name, Tensor x) {
    super(network, name);
    this.part = part;
    this.x = x;
    owner = name;
  }

  /** The batch norm that both operations belong to, where the name is another. */
  public BatchNormStep layer(String batchNorm) {
    owner = batchNorm;
    return this;
  }

  /** The batch norm's numbers, on its first operation. */
  public BatchNormStep batchNorm(double momentum, double epsilon) {
    return batchNorm(momentum, epsilon, true, true);
  }

  /** The batch norm's numbers, on its first operation, as {@link BatchNormalization} has them. */
  public BatchNormStep batchNorm(double momentum, double epsilon, boolean center, boolean scale) {
    norm = new BatchNormalization(momentum, epsilon, center, scale);
    return this;
  }

  /** The activation that TFLite fuses into the operation; without the call there is none. */
  public BatchNormStep activation(Activation fused) {
    activation = fused;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.BatchNorm(part, x, owner, norm, activation, output);
  }
}
