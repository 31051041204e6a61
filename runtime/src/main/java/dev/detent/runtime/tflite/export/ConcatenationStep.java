package dev.detent.runtime.tflite.export;

/** CONCATENATION. */
public final class ConcatenationStep extends PlanBuilder.Step {
  private final int axis;

  ConcatenationStep(PlanBuilder plan, String name, int axis, PlanTensor... parts) {
    super(plan, OperationKind.CONCATENATION, name, parts);
    this.axis = axis;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Axis(axis);
  }
}
