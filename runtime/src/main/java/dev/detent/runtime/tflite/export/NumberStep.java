package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;

/** An operation of a tensor and one number. */
public final class NumberStep extends PlanBuilder.Step {
  private final double number;
  private Activation activation = Activation.NONE;

  NumberStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x, double number) {
    super(plan, kind, name, x);
    this.number = number;
  }

  /** Fuses an activation in; without the call there is none. */
  public NumberStep activation(Activation value) {
    activation = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.WithNumber(number, activation);
  }
}
