package dev.detent.runtime.tflite.export;

import java.util.Arrays;
import java.util.List;

/** MEAN, SUM or REDUCE_MAX. */
public final class ReductionStep extends PlanBuilder.Step {
  private List<Integer> axes = List.of(1, 2);
  private boolean keepDims;

  ReductionStep(PlanBuilder plan, OperationKind kind, String name, PlanTensor x) {
    super(plan, kind, name, x);
  }

  /** The axes, counted with the batch dimension; without the call 1 and 2. */
  public ReductionStep axes(int... values) {
    axes = Arrays.stream(values).boxed().toList();
    return this;
  }

  /** Whether those axes stay with size 1; without the call they do not. */
  public ReductionStep keepDims(boolean value) {
    keepDims = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Reduction(axes, keepDims);
  }
}
