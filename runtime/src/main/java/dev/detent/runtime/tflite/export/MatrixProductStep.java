package dev.detent.runtime.tflite.export;

/** BATCH_MATMUL. */
public final class MatrixProductStep extends PlanBuilder.Step {
  private boolean transposeA;
  private boolean transposeB;

  MatrixProductStep(PlanBuilder plan, String name, PlanTensor a, PlanTensor b) {
    super(plan, OperationKind.BATCH_MATMUL, name, a, b);
  }

  /** Whether the left matrix is transposed first; without the call it is not. */
  public MatrixProductStep transposeA(boolean value) {
    transposeA = value;
    return this;
  }

  /** Whether the right matrix is transposed first; without the call it is not. */
  public MatrixProductStep transposeB(boolean value) {
    transposeB = value;
    return this;
  }

  @Override
  OperationAttributes attributes() {
    return new OperationAttributes.MatrixProduct(transposeA, transposeB);
  }
}
