package dev.detent.runtime.network;

import java.util.Arrays;
import java.util.List;

/** A reduction under construction. */
public final class ReductionStep extends Step {
  private final Operation.Reduction.Kind kind;
  private final Tensor x;
  private List<Integer> axes = List.of(1, 2);
  private boolean keepDims;

  ReductionStep(NetworkBuilder network, Operation.Reduction.Kind kind, String name, Tensor x) {
    super(network, name);
    this.kind = kind;
    this.x = x;
  }

  /** The axes, counted with the batch; without the call height and width, 1 and 2. */
  public ReductionStep axes(int... reduced) {
    axes = Arrays.stream(reduced).boxed().toList();
    return this;
  }

  /** Has the axes stay, with size 1; without the call they go. */
  public ReductionStep keepDims() {
    keepDims = true;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.Reduction(kind, x, axes, keepDims, output);
  }
}
