package dev.detent.processor.emit;

import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.OperationKind;
import java.util.function.Function;

/** The emitters of activations that are operations by themselves. */
final class ActivationEmitters {
  /** What hard-sigmoid adds. */
  private static final String HALF_WIDTH = "3";

  /** What hard-sigmoid multiplies with. */
  private static final String SHARE = "1.0 / 6";

  private ActivationEmitters() {}

  static OperationEmitter unary(String method) {
    return new Unary(method, method);
  }

  static OperationEmitter ceiling() {
    return new WithArgument("minimum", placed -> literal(placed, AttributeKey.MAX_VALUE));
  }

  static OperationEmitter leakyRelu() {
    return new WithArgument("leakyRelu", placed -> literal(placed, slope(placed)));
  }

  static OperationEmitter hardSigmoidSum() {
    return new WithArgument("addConstant", placed -> HALF_WIDTH);
  }

  static OperationEmitter hardSigmoidShare() {
    return new WithArgument("multiplyConstant", placed -> SHARE);
  }

  static OperationEmitter gelu() {
    return new WithArgument(
        "gelu", placed -> Emitters.attributes(placed).get(AttributeKey.APPROXIMATE).toString());
  }

  private static String literal(PlacedOperation placed, AttributeKey<Double> key) {
    return Literals.of(Emitters.attributes(placed).get(key));
  }

  private static AttributeKey<Double> slope(PlacedOperation placed) {
    return placed.operation().layer().declaration().operation() == OperationKind.RELU
        ? AttributeKey.NEGATIVE_SLOPE
        : AttributeKey.LEAKY_SLOPE;
  }

  /**
   * Nothing but what it reads.
   *
   * <pre>{@code
   * g.sigmoid("gate", dense).output(GATE)
   * p.logistic("gate", dense).output(GATE, 10)
   * }</pre>
   */
  record Unary(String graphMethod, String planMethod) implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.GRAPH, graphMethod, placed.operation(), scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.PLAN, planMethod, placed.operation(), scope);
    }
  }

  /**
   * One argument behind what it reads.
   *
   * <pre>{@code
   * g.leakyRelu("leaky", dense, 0.3).output(LEAKY)
   * p.leakyRelu("leaky", dense, 0.3).output(LEAKY, 10)
   * }</pre>
   */
  private record WithArgument(String method, Function<PlacedOperation, String> argument)
      implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      Chain chain =
          Chain.of(
              "$L.$L($S, $L, $L)",
              builder,
              method,
              operation.name(),
              Emitters.variables(operation, scope),
              argument.apply(placed));
      return Emitters.activation(chain, placed);
    }
  }

  /**
   * With an alpha that is trained.
   *
   * <pre>{@code
   * g.prelu("prelu", conv)
   *     .alpha(1, 1, 12)
   *     .alphaInitializer(Initializer.ZEROS)
   *     .quantizeAlpha(8)
   *     .output(PRELU)
   * p.prelu("prelu", conv).output(PRELU, 26, 26, 12)
   * }</pre>
   */
  record PRelu() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      Operation operation = placed.operation();
      var attributes = Emitters.attributes(placed);
      Chain chain =
          Emitters.call(Scope.GRAPH, "prelu", operation, scope)
              .call(
                  ".alpha($L)",
                  operation
                      .output()
                      .sharedAlong(attributes.get(AttributeKey.SHARED_AXES))
                      .arguments())
              .call(
                  ".alphaInitializer($T.$L)",
                  Initializer.class,
                  attributes.get(AttributeKey.ALPHA_INITIALIZER));
      placed.range().map(RangeSpec::bits).ifPresent(bits -> chain.call(".quantizeAlpha($L)", bits));
      return chain;
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.PLAN, "prelu", placed.operation(), scope);
    }
  }
}
