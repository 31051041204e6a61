package dev.detent.runtime.tflite.export;

/** PAD. */
public final class PadStep extends PlanBuilder.Step {
  private OperationAttributes.Margins margins = new OperationAttributes.Margins(0, 0, 0, 0);

  PadStep(PlanBuilder plan, String name, PlanTensor x) {
    super(plan, OperationKind.PAD, name, x);
  }

  /** Rows above and below, columns before and behind; without the call 0. */
  public PadStep paddings(int top, int bottom, int left, int right) {
    margins = new OperationAttributes.Margins(top, bottom, left, right);
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return margins;
  }
}
