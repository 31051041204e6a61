package dev.detent.runtime.tflite.export;

import java.util.Arrays;
import java.util.List;

/** REDUCE_MAX, its attributes being set. */
public final class ReduceMaxStep extends PlanBuilder.Step {
  private List<Integer> axes = List.of(1, 2);
  private boolean keepDims;

  ReduceMaxStep(PlanBuilder plan, String name, PlanTensor x) {
    super(plan, OperationKind.REDUCE_MAX, name, x);
  }

  /** The axes, counted with the batch dimension; without the call 1 and 2. */
  public ReduceMaxStep axes(int... values) {
    axes = Arrays.stream(values).boxed().toList();
    return this;
  }

  /** Whether those axes stay with size 1; without the call they do not. */
  public ReduceMaxStep keepDims(boolean value) {
    keepDims = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Reduction(axes, keepDims);
  }
}
