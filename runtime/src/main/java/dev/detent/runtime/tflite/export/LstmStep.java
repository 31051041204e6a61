package dev.detent.runtime.tflite.export;

/** UNIDIRECTIONAL_SEQUENCE_LSTM. */
public final class LstmStep extends PlanBuilder.Step {
  private int units = 1;

  LstmStep(PlanBuilder plan, String name, PlanTensor x) {
    super(plan, OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM, name, x);
  }

  /** Size of the state; without the call 1. */
  public LstmStep units(int count) {
    units = count;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.Recurrence(units);
  }
}
