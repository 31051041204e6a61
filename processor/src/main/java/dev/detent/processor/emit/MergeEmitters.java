package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;

/** The emitters of operations that compute value by value on two tensors. */
final class MergeEmitters {
  private MergeEmitters() {}

  /**
   * An operation on two.
   *
   * <pre>{@code
   * g.multiply("gated", image, gate)
   *     .activation(Activation.RELU)
   *     .output(GATED)
   * p.multiply("gated", image, gate)
   *     .activation(Activation.RELU)
   *     .output(GATED, 8, 8, 64)
   * }</pre>
   */
  record Merge(String method) implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return merge(Scope.GRAPH, placed, scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return merge(Scope.PLAN, placed, scope);
    }

    private Chain merge(String builder, PlacedOperation placed, Scope scope) {
      return Emitters.activation(Emitters.call(builder, method, placed.operation(), scope), placed);
    }
  }

  /**
   * A sum of n times {@code 1 / n}.
   *
   * <pre>{@code
   * g.multiplyConstant("mean", meanSum1, 1.0 / 2).output(MEAN)
   * p.multiplyConstant("mean", meanSum1, 1.0 / 2).output(MEAN, 8, 8, 64)
   * }</pre>
   */
  record Share() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return scale(Scope.GRAPH, placed, scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return scale(Scope.PLAN, placed, scope);
    }

    private static Chain scale(String builder, PlacedOperation placed, Scope scope) {
      Chain chain =
          Chain.of(
              "$L.multiplyConstant($S, $L, 1.0 / $L)",
              builder,
              placed.operation().name(),
              Emitters.variables(placed.operation(), scope),
              placed.operation().layer().inputs().size());
      return Emitters.activation(chain, placed);
    }
  }
}
