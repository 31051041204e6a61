package dev.detent.runtime.tflite.export;

/** RESIZE_NEAREST_NEIGHBOR or RESIZE_BILINEAR. */
public final class ResizeStep extends PlanBuilder.Step {
  private boolean alignCorners;
  private boolean halfPixelCenters;

  ResizeStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
    super(plan, kind, name, x);
  }

  /** The outermost pixels of input and output lie on one another. */
  public ResizeStep alignCorners() {
    alignCorners = true;
    return this;
  }

  /** A pixel lies in its middle. */
  public ResizeStep halfPixelCenters() {
    halfPixelCenters = true;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Resize(alignCorners, halfPixelCenters);
  }
}
