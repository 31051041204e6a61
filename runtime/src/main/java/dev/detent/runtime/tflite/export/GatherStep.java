package dev.detent.runtime.tflite.export;

/** GATHER along the first axis of a table. */
public final class GatherStep extends PlanBuilder.Step {
  GatherStep(PlanBuilder plan, String name, PlanTensor table, PlanTensor indices) {
    super(plan, OperationKind.GATHER, name, table, indices);
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.None();
  }
}
