package dev.detent.processor.parse;

import dev.detent.annotations.Default;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.KeepFloat;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.QuantizationConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Says of each layer whether it is quantized, and how. */
final class QuantizationParser {
  private static final String RANGE_QUANTIZER = "dev.detent.runtime.quantizer.RangeQuantizer";

  private final Elements elements;
  private final Types types;
  private final Reporter reporter;
  private final TypeElement model;
  private final boolean quantizeAll;
  private final Optional<Found> ofModel;
  private boolean anyQuantized;

  /** A configuration, and where the user wrote it or the annotation that stands for it. */
  private record Found(QuantizationConfig config, SourceRef at) {}

  QuantizationParser(Elements elements, Types types, TypeElement model, Reporter reporter) {
    this.elements = elements;
    this.types = types;
    this.reporter = reporter;
    this.model = model;
    this.quantizeAll = new Annotations(model).has(Quantize.class);
    this.ofModel = config(model);
  }

  private QuantizationParser(
      Elements elements,
      Types types,
      TypeElement layers,
      Optional<Found> outer,
      Reporter reporter) {
    this.elements = elements;
    this.types = types;
    this.reporter = reporter;
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
      TypeElement layers, Optional<QuantizationConfig> config, Reporter inside) {
    return new QuantizationParser(
        elements,
        types,
        layers,
        config.map(outer -> new Found(outer, SourceRef.of(layers))),
        inside);
  }

  /** Whether the class itself is annotated. */
  boolean isWholeModel() {
    return quantizeAll;
  }

  /** How the layers of a block are quantized that do not say otherwise. */
  Optional<QuantizationConfig> ofBlock(VariableElement field, Annotations annotations) {
    return of(field, annotations, OperationKind.RESHAPE);
  }

  /** How a field is quantized; empty if it stays float. */
  Optional<QuantizationConfig> of(
      VariableElement field, Annotations annotations, OperationKind operation) {
    Optional<AnnotationMirror> quantize = annotations.find(Quantize.class);
    Optional<AnnotationMirror> keepFloat = annotations.find(KeepFloat.class);
    Optional<Found> ofField = config(field);
    if (operation == OperationKind.DROPOUT) {
      quantize
          .or(() -> keepFloat)
          .map(mirror -> SourceRef.of(field, mirror))
          .or(() -> ofField.map(Found::at))
          .ifPresent(
              at ->
                  reporter.report(
                      DiagnosticId.QUANTIZE_NO_TENSOR,
                      at,
                      "@Dropout leaves no trace in the deployed model, so that there is nothing to"
                          + " quantize. Annotate the layer that it reads."));
      return Optional.empty();
    }
    if (quantize.isPresent() && keepFloat.isPresent()) {
      reporter.report(
          DiagnosticId.FIELD_EXCLUSIVE,
          SourceRef.of(field, keepFloat.get()),
          "@Quantize and @KeepFloat exclude each other. Remove one from layer '"
              + field.getSimpleName()
              + "'.");
      return Optional.empty();
    }
    if (keepFloat.isPresent() && !quantizeAll) {
      reporter.report(
          DiagnosticId.QUANTIZE_NOTHING_TO_KEEP,
          SourceRef.of(field, keepFloat.get()),
          "@KeepFloat takes layer '"
              + field.getSimpleName()
              + "' out of a quantized model, but "
              + model.getSimpleName()
              + " has no @Quantize, so that the layer is float anyway. Annotate the class with"
              + " @Quantize, or remove @KeepFloat.");
    }
    boolean quantized = quantize.isPresent() || (quantizeAll && keepFloat.isEmpty());
    if (!quantized) {
      ofField.ifPresent(
          found ->
              reporter.report(
                  DiagnosticId.QUANTIZE_CONFIG_UNUSED,
                  found.at(),
                  "Layer '"
                      + field.getSimpleName()
                      + "' is not quantized, so that its configuration has no effect. Annotate it"
                      + " with @Quantize, or remove the configuration."));
      return Optional.empty();
    }
    anyQuantized = true;
    return Optional.of(
        ofField.or(() -> ofModel).map(Found::config).orElse(QuantizationConfig.DEFAULT));
  }

  /** What only the whole class shows. */
  void finish() {
    if (ofModel.isPresent() && !quantizeAll && !anyQuantized) {
      reporter.report(
          DiagnosticId.QUANTIZE_CONFIG_UNUSED,
          ofModel.get().at(),
          "No layer of "
              + model.getSimpleName()
              + " is quantized, so that its configuration has no effect. Annotate the class or"
              + " some of its layers with @Quantize, or remove the configuration.");
    }
  }

  /** The configuration that an element has itself. */
  private Optional<Found> config(Element element) {
    List<Found> all = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      standsFor(mirror)
          .flatMap(config -> read(element, mirror, config))
          .ifPresent(config -> all.add(new Found(config, SourceRef.of(element, mirror))));
    }
    if (all.size() > 1) {
      reporter.report(
          DiagnosticId.QUANTIZE_TWO_CONFIGS,
          all.get(1).at(),
          "'"
              + element.getSimpleName()
              + "' has "
              + all.size()
              + " quantization configurations, and none is nearer than the other. Keep one.");
    }
    return all.stream().findFirst();
  }

  /** The {@code @QuantizeConfig} that an annotation is or carries, however deep. */
  private static Optional<AnnotationMirror> standsFor(AnnotationMirror mirror) {
    Deque<AnnotationMirror> open = new ArrayDeque<>(List.of(mirror));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      AnnotationMirror next = open.remove();
      String name = Annotations.qualifiedName(next);
      if (name.equals(QuantizeConfig.class.getName())) {
        return Optional.of(next);
      }
      if (seen.add(name) && !isLibrary(name)) {
        open.addAll(Annotations.type(next).getAnnotationMirrors());
      }
    }
    return Optional.empty();
  }

  private static boolean isLibrary(String annotation) {
    return annotation.startsWith("java.")
        || annotation.startsWith(QuantizeConfig.class.getPackageName() + ".");
  }

  private Optional<QuantizationConfig> read(
      Element element, AnnotationMirror written, AnnotationMirror config) {
    boolean direct = written == config;
    AttributeReader outer = new AttributeReader(element, config, reporter);
    AnnotationValue weightsValue = outer.value("weights");
    AnnotationValue activationsValue = outer.value("activations");
    AttributeReader weights =
        new AttributeReader(element, (AnnotationMirror) weightsValue.getValue(), reporter);
    AttributeReader activations =
        new AttributeReader(element, (AnnotationMirror) activationsValue.getValue(), reporter);
    int bits = (Integer) outer.value("bits").getValue();
    Place place = new Place(element, written, direct);
    Optional<ClassRef> quantizer = quantizer(place, activations);
    rejectWeightQuantizer(place, weights);
    return Optional.of(
        new QuantizationConfig(
            inherited(weights, bits),
            Granularity.valueOf(
                ((VariableElement) weights.value("granularity").getValue())
                    .getSimpleName()
                    .toString()),
            (Boolean) weights.value("narrowRange").getValue(),
            inherited(activations, bits),
            (Boolean) activations.value("symmetric").getValue(),
            quantizer,
            Optional.of(
                new QuantizationConfig.Source(
                    place.of(weights.isWritten("bits") ? weights : outer, "bits"),
                    place.of(weights, "narrowRange"),
                    place.of(activations.isWritten("bits") ? activations : outer, "bits")))));
  }

  private static int inherited(AttributeReader nested, int bits) {
    int own = (Integer) nested.value("bits").getValue();
    return own == 0 ? bits : own;
  }

  /** Where a configuration is on an element: itself, or the user's annotation that carries it. */
  private record Place(Element element, AnnotationMirror written, boolean direct) {
    SourceRef of(AttributeReader reader, String attribute) {
      return direct && reader.isWritten(attribute)
          ? SourceRef.of(element, written, reader.value(attribute))
          : SourceRef.of(element, written);
    }
  }

  private Optional<ClassRef> quantizer(Place place, AttributeReader activations) {
    TypeMirror type = named(activations);
    Optional<TypeElement> element = element(type);
    element
        .map(this::unfit)
        .orElse(Optional.of("is not a class."))
        .filter(reason -> !isDefault(type))
        .ifPresent(
            reason ->
                reporter.report(
                    DiagnosticId.QUANTIZE_QUANTIZER,
                    place.of(activations, "quantizer"),
                    "The quantizer "
                        + simpleName(type)
                        + " "
                        + reason
                        + " It must be a class that is not abstract, implements RangeQuantizer and"
                        + " has a constructor without parameters, both visible in the package of "
                        + model.getSimpleName()
                        + "."));
    return element.filter(named -> !isDefault(type)).map(this::reference);
  }

  private void rejectWeightQuantizer(Place place, AttributeReader weights) {
    TypeMirror type = named(weights);
    if (!isDefault(type)) {
      reporter.report(
          DiagnosticId.QUANTIZE_QUANTIZER,
          place.of(weights, "quantizer"),
          "The scale of weights is that of their largest absolute value; "
              + simpleName(type)
              + " cannot decide it. Remove the attribute.");
    }
  }

  private static TypeMirror named(AttributeReader reader) {
    return (TypeMirror) reader.value("quantizer").getValue();
  }

  private static boolean isDefault(TypeMirror type) {
    return element(type)
        .filter(each -> each.getQualifiedName().contentEquals(Default.class.getName()))
        .isPresent();
  }

  /** The class; empty for what else has a {@code .class}: an array, a primitive type, void. */
  private static Optional<TypeElement> element(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? Optional.of((TypeElement) declared.asElement())
        : Optional.empty();
  }

  private static String simpleName(TypeMirror type) {
    return element(type).map(each -> each.getSimpleName().toString()).orElseGet(type::toString);
  }

  private Optional<String> unfit(TypeElement type) {
    if (type.getKind() != ElementKind.CLASS) {
      return Optional.of("is not a class.");
    }
    if (type.getModifiers().contains(Modifier.ABSTRACT)) {
      return Optional.of("is abstract.");
    }
    for (Element each = type;
        each instanceof TypeElement nested;
        each = each.getEnclosingElement()) {
      if (isHidden(nested)) {
        return Optional.of("is not visible.");
      }
      if (nested.getNestingKind() == NestingKind.MEMBER
          && !nested.getModifiers().contains(Modifier.STATIC)) {
        return Optional.of("is an inner class, not a static one.");
      }
    }
    boolean constructible =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .anyMatch(c -> c.getParameters().isEmpty() && !isHidden(c));
    if (!constructible) {
      return Optional.of("has no visible constructor without parameters.");
    }
    TypeElement wanted = elements.getTypeElement(RANGE_QUANTIZER);
    if (wanted != null
        && !types.isSubtype(types.erasure(type.asType()), types.erasure(wanted.asType()))) {
      return Optional.of("does not implement RangeQuantizer.");
    }
    return Optional.empty();
  }

  private boolean isHidden(Element element) {
    Set<Modifier> modifiers = element.getModifiers();
    if (modifiers.contains(Modifier.PRIVATE)) {
      return true;
    }
    return !modifiers.contains(Modifier.PUBLIC)
        && !elements.getPackageOf(element).equals(elements.getPackageOf(model));
  }

  private ClassRef reference(TypeElement type) {
    return ClassRefs.of(elements, type);
  }
}
