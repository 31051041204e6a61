package dev.detent.runtime.tflite.export;

import dev.detent.annotations.Activation;

/** MUL with a constant. */
public final class ScaleStep extends PlanBuilder.Step {
  private final float factor;
  private Activation activation = Activation.NONE;

  ScaleStep(PlanBuilder plan, String name, PlanTensor x, float factor) {
    super(plan, OperationKind.MUL, name, x);
    if (!(factor > 0 && Float.isFinite(factor))) {
      throw new IllegalArgumentException(
          "'" + name + "' multiplies with " + factor + "; the factor must be positive");
    }
    this.factor = factor;
  }

  /** Fuses an activation in; without the call there is none. */
  public ScaleStep activation(Activation value) {
    activation = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Factor(factor, activation);
  }
}
