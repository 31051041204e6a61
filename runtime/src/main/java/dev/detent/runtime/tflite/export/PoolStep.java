package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;

/** MAX_POOL_2D or AVERAGE_POOL_2D. */
public final class PoolStep extends PlanBuilder.Step {
  private int windowHeight = 1;
  private int windowWidth = 1;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private Padding padding = Padding.VALID;
  private Activation activation = Activation.NONE;

  PoolStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
    super(plan, kind, name, x);
  }

  /** The window's size, and the strides too until {@link #strides} says otherwise. */
  public PoolStep poolSize(int height, int width) {
    windowHeight = height;
    windowWidth = width;
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** Steps from window to window; behind {@link #poolSize}. */
  public PoolStep strides(int height, int width) {
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  /** What happens at the edges; without the call {@link Padding#VALID}. */
  public PoolStep padding(Padding value) {
    padding = value;
    return this;
  }

  /** Fuses an activation in; without the call there is none. */
  public PoolStep activation(Activation value) {
    activation = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Pool(
        windowHeight, windowWidth, strideHeight, strideWidth, padding, activation);
  }
}
