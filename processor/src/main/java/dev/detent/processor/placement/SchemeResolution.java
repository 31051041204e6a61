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
import dev.detent.processor.model.QuantizationRequest.Origin;
import dev.detent.processor.model.SchemeDeclaration;
import dev.detent.processor.model.SchemeDeclaration.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    Map<LayerDeclaration, List<Operation>> operations = new IdentityHashMap<>();
    for (Operation each : model.operations()) {
      operations.computeIfAbsent(each.layer().declaration(), key -> new ArrayList<>()).add(each);
    }
    Map<String, QuantizationConfig> configs = new HashMap<>();
    for (Operation operation : model.operations()) {
      LayerDeclaration layer = operation.layer().declaration();
      List<Operation> own = operations.remove(layer);
      boolean isAsked = layer.quantization().isPresent() && !layer.operation().yieldsIndices();
      if (isAsked && own != null) {
        checkLayer(layer, own);
        if (!configs.containsKey(layer.name())) {
          checkFusion(layer);
          boolean hasKernel = own.stream().anyMatch(Operation::hasKernel);
          configs.put(layer.name(), config(layer, layer.quantization().get(), hasKernel));
        }
      }
    }
    return configs;
  }

  // ---------------------------------------------------------------- what exists

  private void checkLayer(LayerDeclaration layer, List<Operation> operations) {
    if (scheme.has(layer.operation())
        || operations.stream().map(Operation::code).allMatch(SchemeResolution::leavesNone)) {
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

  private QuantizationConfig config(
      LayerDeclaration layer, QuantizationRequest request, boolean hasKernel) {
    if (!hasKernel) {
      request
          .origin()
          .filter(Origin::onField)
          .flatMap(Origin::weights)
          .ifPresent(
              at ->
                  reporter.reportOnce(
                      Message.Q05_WEIGHTS_UNUSED, at, layer.annotation(), layer.name()));
    }
    return new QuantizationConfig(
        hasKernel ? forms.weights(layer, request) : Optional.empty(),
        forms.activations(layer, request),
        request.origin().map(Origin::text),
        request.origin().map(Origin::onField).orElse(false));
  }
}
