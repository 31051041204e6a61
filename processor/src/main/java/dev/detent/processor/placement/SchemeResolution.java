package dev.detent.processor.placement;

import dev.detent.annotations.BatchNorm;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.QuantizationConfig;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.QuantizationRequest.Quantizer;
import dev.detent.processor.model.QuantizerUse;
import dev.detent.processor.model.SchemeDeclaration;
import dev.detent.processor.model.SchemeDeclaration.Rule;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Completes what the user asked for by what the scheme has, and reports all that the scheme lacks:
 * layers, fusions and forms of tensors.
 */
final class SchemeResolution {
  private final LoweredModel model;
  private final SchemeDeclaration scheme;
  private final Reporter reporter;
  private final FormChoice forms;

  SchemeResolution(LoweredModel model, Reporter reporter) {
    this.model = model;
    this.scheme = model.shaped().declaration().scheme();
    this.reporter = reporter;
    this.forms = new FormChoice(scheme, reporter);
  }

  /** How each layer is quantized, by name; those that stay float are left out. */
  Map<String, QuantizationConfig> resolve() {
    Map<String, QuantizationConfig> configs = new HashMap<>();
    Set<LayerDeclaration> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Operation operation : model.operations()) {
      LayerDeclaration layer = operation.layer().declaration();
      if (layer.quantization().isPresent() && checked.add(layer)) {
        checkLayer(layer);
        if (!configs.containsKey(layer.name())) {
          checkFusion(layer);
          configs.put(layer.name(), config(layer, layer.quantization().get()));
        }
      }
    }
    return configs;
  }

  // ---------------------------------------------------------------- what exists

  private void checkLayer(LayerDeclaration layer) {
    if (scheme.has(layer.operation()) || operations(layer).allMatch(SchemeResolution::leavesNone)) {
      return;
    }
    List<String> alternatives = Alternatives.of(layer.operation(), scheme);
    SourceRef at = layer.source().operation();
    if (alternatives.isEmpty()) {
      reporter.reportOnce(
          Message.Q11_NO_ALTERNATIVE, at, layer.name(), layer.annotation(), scheme.displayName());
    } else {
      reporter.reportOnce(
          Message.Q11_LAYER_NOT_IN_SCHEME,
          at,
          layer.name(),
          layer.annotation(),
          scheme.displayName(),
          String.join(" or ", alternatives));
    }
  }

  private Stream<OpCode> operations(LayerDeclaration layer) {
    return model.operations().stream()
        .filter(each -> each.layer().declaration() == layer)
        .map(Operation::code);
  }

  private static boolean leavesNone(OpCode code) {
    return code.isSource() || code.leavesNoTrace();
  }

  private void checkFusion(LayerDeclaration layer) {
    Rule rule = scheme.rule(layer.operation());
    if (layer.batchNorm().isPresent()) {
      checkFusion(layer, rule, BatchNorm.class.getSimpleName());
    }
    layer.source().annotations().keySet().stream()
        .sorted()
        .filter(
            name ->
                OperationKind.of(name)
                    .filter(kind -> kind.isFusible() && kind != layer.operation())
                    .isPresent())
        .forEach(name -> checkFusion(layer, rule, name));
  }

  private void checkFusion(LayerDeclaration layer, Rule rule, String annotation) {
    if (rule.fuses(annotation)) {
      return;
    }
    String fused =
        rule.fuses().orElseThrow().stream()
            .map(name -> "@" + name)
            .collect(Collectors.joining(" and "));
    reporter.reportOnce(
        OperationKind.of(annotation).filter(scheme::has).isPresent()
            ? Message.Q12_FUSION_NOT_IN_SCHEME
            : Message.Q12_FUSION_OF_NO_LAYER,
        layer.source().annotations().getOrDefault(annotation, layer.source().operation()),
        scheme.displayName(),
        annotation,
        layer.annotation(),
        fused.isEmpty() ? "nothing" : fused);
  }

  // ---------------------------------------------------------------- forms of tensors

  private QuantizationConfig config(LayerDeclaration layer, QuantizationRequest request) {
    boolean hasKernel =
        model.operations().stream()
            .anyMatch(each -> each.layer().declaration() == layer && each.hasKernel());
    Optional<QuantizationConfig.Weights> weights = Optional.empty();
    if (hasKernel) {
      weights =
          forms.weights(layer, request.weights()).map(form -> withQuantizer(form, layer, request));
    } else {
      request
          .origin()
          .filter(QuantizationRequest.Origin::onField)
          .flatMap(QuantizationRequest.Origin::weights)
          .ifPresent(
              at ->
                  reporter.reportOnce(
                      Message.Q05_WEIGHTS_UNUSED, at, layer.annotation(), layer.name()));
    }
    Optional<QuantizationConfig.Activations> activations =
        forms
            .activations(layer, request.activations())
            .map(form -> withQuantizer(form, layer, request));
    return new QuantizationConfig(
        weights,
        activations,
        request.origin().map(QuantizationRequest.Origin::text),
        request.origin().map(QuantizationRequest.Origin::onField).orElse(false));
  }

  private static QuantizationConfig.Weights withQuantizer(
      QuantizationConfig.Weights form, LayerDeclaration layer, QuantizationRequest request) {
    return new QuantizationConfig.Weights(
        form.bits(),
        form.granularity(),
        form.narrowRange(),
        form.powerOfTwo(),
        form.biasBits(),
        quantizer(layer, request, request.weights().quantizer()));
  }

  private static QuantizationConfig.Activations withQuantizer(
      QuantizationConfig.Activations form, LayerDeclaration layer, QuantizationRequest request) {
    return new QuantizationConfig.Activations(
        form.bits(),
        form.symmetric(),
        form.powerOfTwo(),
        quantizer(layer, request, request.activations().quantizer()));
  }

  private static Optional<QuantizerUse> quantizer(
      LayerDeclaration layer, QuantizationRequest request, Quantizer own) {
    return request.layer().map(use -> use.decidingFor(layer.name())).or(own::named);
  }
}
