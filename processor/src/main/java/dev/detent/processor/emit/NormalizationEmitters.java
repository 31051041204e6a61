package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;

/** Emitters of what layer normalization is built of. */
final class NormalizationEmitters {
  private NormalizationEmitters() {}

  /**
   * The mean over the channels.
   *
   * <pre>{@code
   * g.channelMean("mean", x).output(MEAN)
   * p.mean("mean", x)
   *     .axes(2)
   *     .keepDims(true)
   *     .output(MEAN, 16, 1)
   * }</pre>
   */
  record ChannelMean() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.GRAPH, "channelMean", placed.operation(), scope);
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.PLAN, "mean", placed.operation(), scope)
          .call(".axes($L)", placed.operation().output().rank())
          .call(".keepDims(true)");
    }
  }

  /**
   * Length 1 along the channels.
   *
   * <pre>{@code
   * g.l2Normalization("unit", centered).epsilon(0.001).output(UNIT)
   * p.l2Normalize("unit", centered).output(UNIT, 16, 32)
   * }</pre>
   */
  record L2Normalization() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.GRAPH, "l2Normalization", placed.operation(), scope)
          .call(".epsilon($L)", Literals.of(Emitters.attributes(placed).get(AttributeKey.EPSILON)));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.PLAN, "l2Normalize", placed.operation(), scope);
    }
  }
}
