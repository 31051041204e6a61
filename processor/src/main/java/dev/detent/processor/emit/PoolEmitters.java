package dev.detent.processor.emit;

import dev.detent.annotations.Padding;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Pair;

/** The emitters of poolings. */
final class PoolEmitters {
  private PoolEmitters() {}

  /**
   * A pooling.
   *
   * <pre>{@code
   * g.maxPool2d("pool", conv)
   *     .poolSize(2, 2)
   *     .strides(2, 2)
   *     .padding(Padding.VALID)
   *     .output(CONV)
   * p.maxPool2d("pool", conv)
   *     .poolSize(2, 2)
   *     .strides(2, 2)
   *     .padding(Padding.VALID)
   *     .output(CONV, 13, 13, 12)
   * }</pre>
   */
  record Pool(String method) implements SameCall {
    @Override
    public Chain emit(String builder, PlacedOperation placed, Scope scope) {
      Attributes attributes = Emitters.attributes(placed);
      Pair window = attributes.get(AttributeKey.POOL_SIZE);
      Chain chain =
          Emitters.call(builder, method, placed.operation(), scope)
              .call(".poolSize($L)", Emitters.pair(window))
              .call(
                  ".strides($L)",
                  Emitters.pair(attributes.get(AttributeKey.POOL_STRIDES).orElse(window)))
              .call(".padding($T.$L)", Padding.class, attributes.get(AttributeKey.PADDING));
      return Emitters.activation(chain, placed);
    }
  }

  /**
   * The mean over height and width.
   *
   * <pre>{@code
   * g.globalAveragePool2d("mean", conv).keepDims(false).output(MEAN)
   * p.mean("mean", conv).axes(1, 2).keepDims(false).output(MEAN, 12)
   * }</pre>
   */
  record Mean() implements OperationEmitter {
    @Override
    public Chain graph(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.GRAPH, "globalAveragePool2d", placed.operation(), scope)
          .call(".keepDims($L)", Emitters.attributes(placed).get(AttributeKey.KEEP_DIMS));
    }

    @Override
    public Chain plan(PlacedOperation placed, Scope scope) {
      return Emitters.call(Scope.PLAN, "mean", placed.operation(), scope)
          .call(".axes($L)", allButChannels(placed.operation()))
          .call(".keepDims($L)", Emitters.attributes(placed).get(AttributeKey.KEEP_DIMS));
    }
  }

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
  record GlobalMax() implements OperationEmitter {
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
          .call(".axes($L)", allButChannels(placed.operation()))
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

  /** The axes of what an operation reads between the batch and the channels. */
  private static String allButChannels(Operation operation) {
    return operation.layer().inputs().get(0).rank() == 3 ? "1, 2" : "1";
  }
}
