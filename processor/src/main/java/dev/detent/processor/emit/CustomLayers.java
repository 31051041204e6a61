package dev.detent.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import dev.detent.annotations.Activation;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Initializer;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.CustomUse.Weight;
import dev.detent.processor.model.Literal;
import dev.detent.processor.model.QuantizationConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the layers of the user's own: a constant for each, which both builders are handed. */
final class CustomLayers implements OperationEmitter {

  /**
   * The layer in its place.
   *
   * <pre>{@code
   * private static final PlacedLayer GAINED_LAYER = PlacedLayer.of(
   *     "Gain",
   *     new ChannelGain(),
   *     LayerSite.of("gained", 26, 26, 12)
   *         .output(GAINED)
   *         .weight("kernel", Initializer.ONES, WeightQuantization.perChannel(8), 1, 1, 12, 1));
   * }</pre>
   */
  static FieldSpec constant(PlacedOperation placed, Scope scope) {
    Operation operation = placed.operation();
    CustomUse use = operation.layer().declaration().custom().orElseThrow();
    CodeBlock.Builder site = CodeBlock.builder();
    site.add(
        "$T.of($S, $L)$>$>", Runtime.LAYER_SITE, operation.name(), operation.output().arguments());
    placed.range().ifPresent(range -> site.add("\n.output($N)", scope.constant(range)));
    if (operation.activation() != Activation.NONE) {
      site.add("\n.activation($T.$L)", Activation.class, operation.activation());
    }
    operation
        .layer()
        .declaration()
        .batchNorm()
        .ifPresent(norm -> site.add("\n.batchNorm($L)", batchNorm(norm)));
    for (Weight weight : operation.layer().weights()) {
      site.add("\n.weight($S, $T.$L, ", weight.name(), Initializer.class, weight.initializer());
      of(weight, placed.weights())
          .ifPresent(how -> site.add("$L, ", Quantizers.ofWeight(how, weight.name(), scope)));
      site.add("$L)", sizes(weight));
    }
    return FieldSpec.builder(
            Runtime.PLACED_LAYER,
            scope.layer(operation.name()),
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .addJavadoc("Computes $L.\n", operation.name())
        .initializer(
            "$T.of($>$>\n$L,\nnew $T($L),\n$L)$<$<",
            Runtime.PLACED_LAYER,
            Literal.of(use.annotation()),
            Quantizers.className(use.implementation()),
            Quantizers.join(use.arguments(), scope),
            site.add("$<$<").build())
        .build();
  }

  private static CodeBlock batchNorm(Attributes norm) {
    return CodeBlock.of(
        "$L, $L, $L, $L",
        norm.get(AttributeKey.MOMENTUM),
        norm.get(AttributeKey.EPSILON),
        norm.get(AttributeKey.CENTER),
        norm.get(AttributeKey.SCALE));
  }

  private static String sizes(Weight weight) {
    return weight.shape().stream().map(String::valueOf).collect(Collectors.joining(", "));
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

  /** {@code kernel [1, 1, 12, 1] and bias [12], int8 per channel; }, or nothing. */
  static String described(PlacedOperation placed, String form) {
    List<Weight> weights = placed.operation().layer().weights();
    String quantized = listed(weights, true);
    String other = listed(weights, false);
    return (quantized.isEmpty() ? "" : quantized + form + "; ")
        + (other.isEmpty() ? "" : other + "; ");
  }

  private static String listed(List<Weight> weights, boolean isQuantized) {
    return weights.stream()
        .filter(weight -> weight.isQuantized() == isQuantized)
        .map(weight -> weight.name() + " " + weight.shape())
        .collect(Collectors.joining(" and "));
  }

  static boolean isCustom(PlacedOperation placed) {
    return placed.operation().code() == OpCode.CUSTOM;
  }

  /** {@code GAINED_LAYER.graph(g, conv)}. */
  @Override
  public Chain graph(PlacedOperation placed, Scope scope) {
    return call(placed, "graph", Scope.GRAPH, scope);
  }

  /** {@code GAINED_LAYER.plan(p, conv)}. */
  @Override
  public Chain plan(PlacedOperation placed, Scope scope) {
    return call(placed, "plan", Scope.PLAN, scope);
  }

  private static Chain call(PlacedOperation placed, String method, String builder, Scope scope) {
    return Chain.of(
        "$N.$L($L, $L)",
        scope.layer(placed.operation().name()),
        method,
        builder,
        Emitters.inputs(builder, placed.operation(), scope));
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
