package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.Attributes;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the deployed model does not have: there its output is its input.
 *
 * <pre>{@code
 * g.spatialDropout("dropped", conv, 0.2)
 * p.alias("dropped", conv)
 * }</pre>
 *
 * @param method of the graph builder
 * @param number what the method is told; empty for nothing
 */
record Untraced(String method, Optional<ToDoubleFunction<Attributes>> number)
    implements OperationEmitter {

  Untraced(String method) {
    this(method, Optional.empty());
  }

  Untraced(String method, ToDoubleFunction<Attributes> number) {
    this(method, Optional.of(number));
  }

  @Override
  public Chain graph(PlacedOperation placed, Scope scope) {
    String argument =
        number
            .map(of -> ", " + Literals.of(of.applyAsDouble(Emitters.attributes(placed))))
            .orElse("");
    return Chain.of(
        "$L.$L($S, $L$L)",
        Scope.GRAPH,
        method,
        placed.operation().name(),
        Emitters.variables(placed.operation(), scope),
        argument);
  }

  @Override
  public Chain plan(PlacedOperation placed, Scope scope) {
    return Emitters.call(Scope.PLAN, "alias", placed.operation(), scope);
  }

  @Override
  public Ending graphEnding() {
    return Ending.NONE;
  }

  @Override
  public Ending planEnding() {
    return Ending.NONE;
  }
}
