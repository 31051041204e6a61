package dev.detent.runtime.network;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;

/** A pooling under construction: its output has the range of its input. */
public final class PoolStep extends Step {
  private final Operation.Pool.Kind kind;
  private final Tensor x;
  private int height = 2;
  private int width = 2;
  private int strideHeight;
  private int strideWidth;
  private Padding padding = Padding.VALID;
  private Activation activation = Activation.NONE;

  PoolStep(NetworkBuilder network, Operation.Pool.Kind kind, String name, Tensor x) {
    super(network, name);
    this.kind = kind;
    this.x = x;
  }

  /** The window; without the call 2 by 2. */
  public PoolStep poolSize(int poolHeight, int poolWidth) {
    height = poolHeight;
    width = poolWidth;
    return this;
  }

  /** The steps between windows; without the call the size of one. */
  public PoolStep strides(int downwards, int sideways) {
    strideHeight = downwards;
    strideWidth = sideways;
    return this;
  }

  /** What happens at the edges; without the call {@link Padding#VALID}. */
  public PoolStep padding(Padding edges) {
    padding = edges;
    return this;
  }

  /** The activation that TFLite fuses into the operation; without the call there is none. */
  public PoolStep activation(Activation fused) {
    activation = fused;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    var window =
        strideHeight == 0
            ? new Operation.Window(height, width, 1, 1, padding)
            : new Operation.Window(strideHeight, strideWidth, 1, 1, padding);
    return new Operation.Pool(kind, x, height, width, window, activation, output);
  }
}
