package dev.detent.runtime.network;

/** The product of two activations over their last two axes, under construction. */
public final class MatrixProductStep extends Step {
  private final Tensor a;
  private final Tensor b;
  private boolean transposeA;
  private boolean transposeB;

  MatrixProductStep(NetworkBuilder network, String name, Tensor a, Tensor b) {
    super(network, name);
    this.a = a;
    this.b = b;
  }

  /** Has the left matrix transposed first. */
  public MatrixProductStep transposeA() {
    transposeA = true;
    return this;
  }

  /** Has the right matrix transposed first. */
  public MatrixProductStep transposeB() {
    transposeB = true;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.BatchMatMul(a, b, transposeA, transposeB, output);
  }
}
