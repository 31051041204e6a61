package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.CustomUse.Weight;
import dev.detent.processor.model.Literal;
import dev.detent.processor.model.QuantizationConfig;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A layer of the user's own in its place.
 *
 * <pre>{@code
 * LayerSite.of("gained", 26, 26, 12)
 *     .output(ActivationRange.learned("gained", 8))
 *     .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8), 1, 1, 12, 1)
 *     .build(n, "Gain", new ChannelGain(), conv)
 * }</pre>
 */
record CustomLayer(PlacedOperation placed, Scope scope) {

  Chain chain() {
    Operation operation = placed.operation();
    CustomUse use = operation.layer().declaration().custom().orElseThrow();
    Chain chain =
        Chain.of(
            "$T.of($S, $L)", Runtime.LAYER_SITE, operation.name(), operation.output().arguments());
    placed
        .range()
        .ifPresent(range -> chain.call(".output($L)", Ranges.of(range, operation.name(), scope)));
    Emitters.activation(chain, operation);
    operation
        .layer()
        .declaration()
        .batchNorm()
        .ifPresent(norm -> chain.call(".batchNorm($L)", WeightedEmitter.batchNorm(norm)));
    for (Weight weight : operation.layer().weights()) {
      chain.call(
          ".weight($S, $T.$L$L$L)",
          weight.name(),
          Initializer.class,
          weight.initializer(),
          of(weight, placed.weights())
              .map(how -> CodeBlock.of(", $L", Quantizers.ofWeight(how, weight.name(), scope)))
              .orElse(CodeBlock.of("")),
          weight.shape().stream().map(size -> ", " + size).collect(Collectors.joining()));
    }
    return chain
        .call(
            ".build($L, $L, new $T($L), $L)",
            Scope.BUILDER,
            Literal.of(use.annotation()),
            Quantizers.className(use.implementation()),
            Quantizers.join(use.arguments(), scope),
            Emitters.inputs(operation, scope))
        .ending(Chain.Ending.NONE);
  }

  /** How a weight is quantized: one of a single size has one scale always. */
  private static Optional<QuantizationConfig.Weights> of(
      Weight weight, Optional<QuantizationConfig.Weights> layer) {
    return layer
        .filter(how -> weight.isQuantized())
        .map(
            how ->
                weight.shape().size() > 1
                    ? how
                    : new QuantizationConfig.Weights(
                        how.bits(),
                        Granularity.PER_TENSOR,
                        how.narrowRange(),
                        how.powerOfTwo(),
                        how.biasBits(),
                        how.quantizer()));
  }
}
