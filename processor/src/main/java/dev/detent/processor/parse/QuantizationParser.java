package dev.detent.processor.parse;

import dev.detent.annotations.KeepFloat;
import dev.detent.annotations.Quantize;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.SchemeDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Says of each layer whether it is quantized, and how. */
final class QuantizationParser {
  private final Symbols symbols;
  private final Reporter reporter;
  private final TypeElement model;
  private final boolean quantizeAll;
  private final ConfigReader configs;
  private final Optional<QuantizationRequest> ofModel;
  private final Optional<QuantizationParser> around;
  private final List<NamedScheme> schemes = new ArrayList<>();
  private boolean anyQuantized;

  /** A scheme that the user named, and where. */
  private record NamedScheme(TypeMirror type, SourceRef at) {}

  QuantizationParser(Symbols symbols, Reporter reporter) {
    this.symbols = symbols;
    this.reporter = reporter;
    this.model = symbols.viewer();
    this.around = Optional.empty();
    this.configs = new ConfigReader(symbols, reporter);
    Optional<Carried> whole = Carried.find(model, Quantize.class);
    this.quantizeAll = whole.isPresent();
    this.ofModel = configs.read(model, false);
    whole.ifPresent(this::addScheme);
  }

  private QuantizationParser(
      QuantizationParser around,
      TypeElement layers,
      Optional<QuantizationRequest> outer,
      Reporter reporter) {
    this.symbols = around.symbols;
    this.reporter = reporter;
    this.around = Optional.of(around);
    this.configs = new ConfigReader(symbols, reporter);
    this.model = layers;
    this.quantizeAll = outer.isPresent();
    this.ofModel = outer;
  }

  /**
   * The parser of a block's layers.
   *
   * @param layers the class that has them
   * @param config what counts for those that do not say otherwise; empty if they stay float
   */
  QuantizationParser within(
      TypeElement layers, Optional<QuantizationRequest> config, Reporter inside) {
    return new QuantizationParser(this, layers, config, inside);
  }

  /** Whether the class itself is annotated. */
  boolean isWholeModel() {
    return quantizeAll;
  }

  /** How the layers of a block are quantized that do not say otherwise. */
  Optional<QuantizationRequest> ofBlock(VariableElement field, Annotations annotations) {
    return of(field, annotations, OperationKind.RESHAPE);
  }

  /** How a field is quantized; empty if it stays float. */
  Optional<QuantizationRequest> of(
      VariableElement field, Annotations annotations, OperationKind operation) {
    Optional<Carried> quantize = Carried.find(field, Quantize.class);
    Optional<AnnotationMirror> keepFloat = annotations.find(KeepFloat.class);
    Optional<QuantizationRequest> ofField = configs.read(field, true);
    quantize.ifPresent(this::addScheme);
    if (operation.isTrainingOnly()) {
      quantize
          .map(Carried::written)
          .or(() -> keepFloat)
          .map(mirror -> SourceRef.of(field, mirror))
          .or(() -> ofField.map(QuantizationParser::at))
          .ifPresent(at -> reporter.report(Message.Q04_NO_TENSOR, at, operation.annotation()));
      return Optional.empty();
    }
    if (quantize.isPresent() && keepFloat.isPresent()) {
      reporter.report(
          Message.F07_EXCLUSIVE_ANNOTATIONS,
          SourceRef.of(field, keepFloat.get()),
          field.getSimpleName());
      return Optional.empty();
    }
    if (keepFloat.isPresent() && !quantizeAll) {
      reporter.report(
          Message.Q03_NOTHING_TO_KEEP,
          SourceRef.of(field, keepFloat.get()),
          field.getSimpleName(),
          model.getSimpleName());
    }
    if (operation.yieldsIndices()) {
      ofField.ifPresent(
          found -> reporter.report(Message.Q04_INDICES, at(found), operation.annotation()));
    }
    boolean quantized = quantize.isPresent() || (quantizeAll && keepFloat.isEmpty());
    if (!quantized) {
      ofField.ifPresent(
          found -> reporter.report(Message.Q05_CONFIG_UNUSED, at(found), field.getSimpleName()));
      return Optional.empty();
    }
    anyQuantized = true;
    return Optional.of(
        ofField
            .or(() -> configs.ofCustomLayer(field))
            .or(() -> ofModel)
            .orElse(QuantizationRequest.NOTHING_WRITTEN));
  }

  /** What only the whole class shows. */
  void finish() {
    if (ofModel.isPresent() && !quantizeAll && !anyQuantized) {
      reporter.report(Message.Q05_CONFIG_OF_MODEL_UNUSED, at(ofModel.get()), model.getSimpleName());
    }
  }

  private static SourceRef at(QuantizationRequest request) {
    return request.origin().orElseThrow().at();
  }

  // ---------------------------------------------------------------- the scheme

  private void addScheme(Carried quantize) {
    AttributeReader reader = new AttributeReader(quantize.element(), quantize.mirror(), reporter);
    if (reader.isWritten("scheme")) {
      add(
          new NamedScheme(
              reader.value("scheme", TypeMirror.class),
              quantize.isDirect()
                  ? reader.at("scheme")
                  : SourceRef.of(quantize.element(), quantize.written())));
    }
  }

  /** Inside of a block, the scheme of the model is decided. */
  private void add(NamedScheme scheme) {
    if (around.isPresent() && !named(scheme.type)) {
      reporter.report(
          Message.Q14_SCHEME_IN_BLOCK,
          scheme.at,
          SchemeParser.simpleName(scheme.type),
          symbols.viewer().getSimpleName());
    }
    schemes.add(scheme);
  }

  private boolean named(TypeMirror scheme) {
    return schemes.stream().anyMatch(each -> symbols.types().isSameType(each.type, scheme))
        || around.map(outer -> outer.named(scheme)).orElse(false);
  }

  /**
   * The scheme of the whole model; TFLite's in place of one that is not valid, which is reported.
   *
   * @param broken names of schemes of which all that is wrong has been reported
   */
  SchemeDeclaration scheme(Set<String> broken) {
    SchemeParser parser = new SchemeParser(symbols.elements());
    if (schemes.isEmpty()) {
      return parser.standard();
    }
    NamedScheme first = schemes.get(0);
    for (NamedScheme other : schemes.subList(1, schemes.size())) {
      if (!symbols.types().isSameType(other.type, first.type)) {
        reporter.report(
            Message.Q14_TWO_SCHEMES,
            other.at,
            model.getSimpleName(),
            SchemeParser.simpleName(first.type),
            SchemeParser.simpleName(other.type));
        return parser.standard();
      }
    }
    if (Symbols.classOf(first.type)
        .filter(type -> broken.contains(type.getQualifiedName().toString()))
        .isPresent()) {
      reporter.report(Message.Q13_INVALID, first.at, SchemeParser.simpleName(first.type));
      return parser.standard();
    }
    return parser
        .parse(first.type, (value, message, values) -> reporter.report(message, first.at, values))
        .orElseGet(parser::standard);
  }
}
