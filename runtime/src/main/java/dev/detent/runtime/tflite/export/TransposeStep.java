package dev.detent.runtime.tflite.export;

import java.util.Arrays;

/** TRANSPOSE. */
public final class TransposeStep extends PlanBuilder.Step {
  private final int[] order;

  TransposeStep(PlanBuilder plan, String name, PlanTensor x, int... order) {
    super(plan, OperationKind.TRANSPOSE, name, x);
    this.order = order.clone();
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Order(Arrays.stream(order).boxed().toList());
  }
}
