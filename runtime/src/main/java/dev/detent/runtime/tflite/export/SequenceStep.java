package dev.detent.runtime.tflite.export;

import java.util.List;

/** STRIDED_SLICE of one step of a sequence. */
public final class SequenceStep extends PlanBuilder.Step {
  private final int index;
  private final int channels;
  private final boolean isAlone;

  SequenceStep(PlanBuilder plan, String name, PlanTensor x, int index, boolean isAlone) {
    super(plan, OperationKind.STRIDED_SLICE, name, x);
    this.index = index;
    this.channels = x.dims()[1];
    this.isAlone = isAlone;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Slice(
        List.of(index, 0), List.of(index + 1, channels), List.of(1, 1), isAlone);
  }
}
