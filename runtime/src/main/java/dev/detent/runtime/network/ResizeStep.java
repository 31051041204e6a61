package dev.detent.runtime.network;

/** An image of another size under construction: its output has the range of its input. */
public final class ResizeStep extends Step {
  private final boolean isBilinear;
  private final Tensor x;
  private boolean alignCorners;
  private boolean halfPixelCenters;

  ResizeStep(NetworkBuilder network, boolean isBilinear, String name, Tensor x) {
    super(network, name);
    this.isBilinear = isBilinear;
    this.x = x;
  }

  /** Has the outermost pixels of input and output lie on one another. */
  public ResizeStep alignCorners() {
    alignCorners = true;
    return this;
  }

  /** Has a pixel lie in its middle. */
  public ResizeStep halfPixelCenters() {
    halfPixelCenters = true;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.Resize(isBilinear, x, alignCorners, halfPixelCenters, output);
  }
}
