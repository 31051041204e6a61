package dev.detent.runtime.tflite.export;

import java.util.Arrays;
import java.util.List;

/** MEAN. */
public final class MeanStep extends PlanBuilder.Step {
  private List<Integer> axes = List.of(1, 2);
  private boolean keepDims;

  MeanStep(PlanBuilder plan, String name, PlanTensor x) {
    super(plan, OperationKind.MEAN, name, x);
  }

  /** The axes, counted with the batch dimension; without the call 1 and 2. */
  public MeanStep axes(int... values) {
    axes = Arrays.stream(values).boxed().toList();
    return this;
  }

  /** Whether those axes stay with size 1; without the call they do not. */
  public MeanStep keepDims(boolean value) {
    keepDims = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Reduction(axes, keepDims);
  }
}
