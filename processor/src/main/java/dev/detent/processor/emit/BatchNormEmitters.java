package dev.detent.processor.emit;

import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;

/** The two operations of a batch norm that stands alone. */
final class BatchNormEmitters {
  private BatchNormEmitters() {}

  /**
   * The multiplication, which the batch norm's numbers are given to.
   *
   * <pre>{@code
   * g.batchNormScale("norm/scaled", sum)
   *     .layer("norm")
   *     .batchNorm(0.99, 0.001)
   *     .output(NORM_SCALED)
   * p.batchNormScale("norm/scaled", sum).output(NORM_SCALED, 8, 8, 12)
   * }</pre>
   */
  record Scale() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Chain chain = Emitters.call(Scope.GRAPH, "batchNormScale", placed.operation(), scope);
      return layer(chain, placed.operation())
          .call(".batchNorm($L)", WeightedEmitter.batchNorm(Emitters.attributes(placed)));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.PLAN, "batchNormScale", placed.operation(), scope);
    }
  }

  /**
   * The addition, which the activation is fused into.
   *
   * <pre>{@code
   * g.batchNormShift("norm", normScaled).activation(Activation.RELU).output(NORM)
   * p.batchNormShift("norm", normScaled).activation(Activation.RELU).output(NORM, 8, 8, 12)
   * }</pre>
   */
  record Shift() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Chain chain = Emitters.call(Scope.GRAPH, "batchNormShift", placed.operation(), scope);
      return Emitters.activation(layer(chain, placed.operation()), placed);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.activation(
          Emitters.call(Scope.PLAN, "batchNormShift", placed.operation(), scope), placed);
    }
  }

  private static Chain layer(Chain chain, Operation operation) {
    String layer = operation.layer().name();
    return chain.callIf(!layer.equals(operation.name()), ".layer($S)", layer);
  }
}
