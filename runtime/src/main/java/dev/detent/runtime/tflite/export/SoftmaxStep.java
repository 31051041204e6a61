package dev.detent.runtime.tflite.export;

/** SOFTMAX. */
public final class SoftmaxStep extends PlanBuilder.Step {
  private double beta = 1;

  SoftmaxStep(PlanBuilder plan, String name, PlanTensor x) {
    super(plan, OperationKind.SOFTMAX, name, x);
  }

  /** What the input is multiplied with first; without the call 1. */
  public SoftmaxStep beta(double value) {
    beta = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Beta(beta);
  }
}
