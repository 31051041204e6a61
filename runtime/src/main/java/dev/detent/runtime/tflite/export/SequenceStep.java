package dev.detent.runtime.tflite.export;

/** STRIDED_SLICE of one step of a sequence. */
public final class SequenceStep extends PlanBuilder.Step {
  private final int index;
  private final boolean isAlone;

  SequenceStep(PlanBuilder plan, String name, PlanTensor x, int index, boolean isAlone) {
    super(plan, OperationKind.STRIDED_SLICE, name, x);
    this.index = index;
    this.isAlone = isAlone;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.StepOfSequence(index, isAlone);
  }
}
