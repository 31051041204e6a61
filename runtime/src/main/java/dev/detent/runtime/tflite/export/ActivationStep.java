package dev.detent.runtime.tflite.export;

/** An activation that is told a number. */
public final class ActivationStep extends PlanBuilder.Step {
  private final OperationAttributes attributes;

  ActivationStep(
      PlanBuilder plan,
      OperationKind kind,
      String name,
      PlanTensor x,
      OperationAttributes attributes) {
    super(plan, kind, name, x);
    this.attributes = attributes;
  }

  @Override
  OperationAttributes attributes() {
    return attributes;
  }
}
