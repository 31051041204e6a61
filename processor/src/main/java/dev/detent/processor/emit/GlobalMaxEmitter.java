package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;

/**
 * The largest value of each channel.
 *
 * <pre>{@code
 * g.globalMaxPool("largest", conv, false)
 * p.reduceMax("largest", conv)
 *     .axes(1, 2)
 *     .keepDims(false)
 *     .output(CONV, 12)
 * }</pre>
 */
record GlobalMaxEmitter() implements OperationEmitter {
  @Override
  public Chain graph(PlacedOperation placed, Scope scope) {
    return Chain.of(
        "$L.globalMaxPool($S, $L, $L)",
        Scope.GRAPH,
        placed.operation().name(),
        Emitters.variables(placed.operation(), scope),
        keepDims(placed));
  }

  @Override
  public Chain plan(PlacedOperation placed, Scope scope) {
    return Emitters.call(Scope.PLAN, "reduceMax", placed.operation(), scope)
        .call(".axes($L)", Emitters.allButChannels(placed.operation()))
        .call(".keepDims($L)", keepDims(placed));
  }

  private static boolean keepDims(PlacedOperation placed) {
    return Emitters.attributes(placed).get(AttributeKey.KEEP_DIMS);
  }

  @Override
  public Ending graphEnding() {
    return Ending.NONE;
  }
}
