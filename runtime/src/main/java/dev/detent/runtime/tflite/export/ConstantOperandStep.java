package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;

/** An operation of two operands whose second one is the layer's constant. */
public final class ConstantOperandStep extends PlanBuilder.Step {
  private Activation activation = Activation.NONE;

  ConstantOperandStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
    super(plan, kind, name, x);
  }

  /** Fuses an activation in; without the call there is none. */
  public ConstantOperandStep activation(Activation value) {
    activation = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.WithConstant(activation);
  }
}
