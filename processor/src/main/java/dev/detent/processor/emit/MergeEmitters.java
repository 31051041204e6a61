package dev.detent.processor.emit;

import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;

/** The emitters of operations on several tensors. */
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
  record Merge(String method) implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
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
  record Share() implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
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

  /**
   * Tensors side by side; the axis counts the batch.
   *
   * <pre>{@code
   * g.concat("both", 3, left, right).output(LEFT)
   * p.concatenation("both", 3, left, right).output(LEFT, 8, 8, 24)
   * }</pre>
   */
  record Concatenation() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return concatenate(Scope.GRAPH, "concat", placed, scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return concatenate(Scope.PLAN, "concatenation", placed, scope);
    }

    private static Chain concatenate(
        String builder, String method, PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      int axis = Emitters.attributes(placed).get(AttributeKey.AXIS);
      return Chain.of(
          "$L.$L($S, $L, $L)",
          builder,
          method,
          operation.name(),
          axis < 0 ? operation.output().rank() + 1 + axis : axis,
          Emitters.inputs(builder, operation, scope));
    }
  }
}
