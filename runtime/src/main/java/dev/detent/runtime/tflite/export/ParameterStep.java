package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.ActivationRange;

/** A constant tensor; the trained values have it under its name. */
public final class ParameterStep extends PlanBuilder.Step {
  private final int[] dims;

  ParameterStep(PlanBuilder plan, String name, int... dims) {
    super(plan, OperationKind.PARAMETER, name);
    this.dims = dims.clone();
  }

  /** Ends it as integers of a range. */
  public PlanTensor output(ActivationRange range) {
    return output(range, dims);
  }

  /** Ends it as float. */
  public PlanTensor output() {
    return floatOutput(dims);
  }

  /** Ends it as float. */
  public PlanTensor floatOutput() {
    return output();
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.None();
  }
}
