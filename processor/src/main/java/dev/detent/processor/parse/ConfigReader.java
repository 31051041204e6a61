package dev.detent.processor.parse;

import dev.detent.annotations.Default;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.QuantizeWith;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Argument;
import dev.detent.processor.model.QuantizationRequest;
import dev.detent.processor.model.QuantizationRequest.Origin;
import dev.detent.processor.model.QuantizationRequest.Quantizer;
import dev.detent.processor.model.QuantizationRequest.Written;
import dev.detent.processor.parse.ConstructorParameters.Value;
import dev.detent.processor.parse.QuantizerClasses.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads the configuration that an element has itself. */
final class ConfigReader {
  private static final String BITS = "bits";
  private static final String QUANTIZER = "quantizer";

  private final Reporter reporter;
  private final QuantizerClasses classes;
  private final ArgumentReader arguments;

  ConfigReader(Symbols symbols, Reporter reporter) {
    this.reporter = reporter;
    this.classes = new QuantizerClasses(symbols, reporter);
    this.arguments = new ArgumentReader(symbols);
  }

  /** The configuration; empty if there is none. Of two, the first. */
  Optional<QuantizationRequest> read(Element element, boolean isField) {
    List<QuantizationRequest> all =
        element.getAnnotationMirrors().stream()
            .filter(mirror -> CustomDeclaration.mirror(mirror).isEmpty())
            .flatMap(mirror -> read(element, mirror, isField).stream())
            .toList();
    if (all.size() > 1) {
      reporter.report(
          Message.Q06_TWO_CONFIGS,
          all.get(1).origin().orElseThrow().at(),
          element.getSimpleName(),
          all.size());
    }
    return all.stream().findFirst();
  }

  /** The configuration that a custom layer brings on its annotation; empty if there is none. */
  Optional<QuantizationRequest> ofCustomLayer(Element field) {
    return CustomDeclaration.of(field).stream()
        .flatMap(mirror -> read(field, mirror, true).stream())
        .findFirst();
  }

  private Optional<QuantizationRequest> read(
      Element element, AnnotationMirror mirror, boolean isField) {
    Optional<Carried> config = Carried.in(element, mirror, QuantizeConfig.class);
    Optional<Carried> with = Carried.in(element, mirror, QuantizeWith.class);
    return config.isPresent() || with.isPresent()
        ? Optional.of(new One(element, mirror, isField, config, with).read())
        : Optional.empty();
  }

  /** One configuration: a {@code @QuantizeConfig}, a {@code @QuantizeWith}, or both together. */
  private final class One {
    private final Element element;
    private final AnnotationMirror written;
    private final boolean isField;
    private final Optional<Carried> config;
    private final Optional<Carried> with;
    private final boolean direct;

    One(
        Element element,
        AnnotationMirror written,
        boolean isField,
        Optional<Carried> config,
        Optional<Carried> with) {
      this.element = element;
      this.written = written;
      this.isField = isField;
      this.config = config;
      this.with = with;
      this.direct = config.map(Carried::isDirect).orElse(false);
    }

    QuantizationRequest read() {
      Optional<AttributeReader> outer = config.map(found -> reader(found.mirror()));
      Optional<AttributeReader> weights = outer.map(of -> nested(of, "weights"));
      Optional<AttributeReader> activations = outer.map(of -> nested(of, "activations"));
      Optional<Written<Integer>> bits = carriedBits().or(() -> bits(outer));
      ConstructorParameters parameters =
          with.map(this::parameters).orElse(ConstructorParameters.NONE);
      Optional<AttributeReader> named = with.map(found -> reader(found.mirror()));
      Quantizer ofWeights =
          quantizer(Role.WEIGHTS, weights, QUANTIZER, named, "weights", parameters);
      Quantizer ofActivations =
          quantizer(Role.ACTIVATIONS, activations, QUANTIZER, named, "activations", parameters);
      Quantizer ofLayer = quantizer(Role.LAYER, outer, "layer", named, "layer", parameters);
      checkLayer(ofLayer, ofWeights, ofActivations);
      checkParameters(parameters, List.of(ofWeights, ofActivations, ofLayer));
      return new QuantizationRequest(
          new QuantizationRequest.Weights(
              bits(weights).or(() -> bits),
              attribute(
                  weights,
                  "granularity",
                  value -> AttributeReader.content(value, Granularity.class)),
              flag(weights, "narrowRange"),
              ofWeights),
          new QuantizationRequest.Activations(
              bits(activations).or(() -> bits), flag(activations, "symmetric"), ofActivations),
          ofLayer.named(),
          Optional.of(origin(outer)));
    }

    private Origin origin(Optional<AttributeReader> outer) {
      return new Origin(
          SourceText.of(written),
          SourceRef.of(element, written),
          isField,
          direct,
          outer
              .filter(reader -> direct && reader.isWritten("weights"))
              .map(reader -> at(reader, "weights")));
    }

    private AttributeReader reader(AnnotationMirror mirror) {
      return new AttributeReader(element, mirror, reporter);
    }

    private AttributeReader nested(AttributeReader outer, String name) {
      return reader(outer.value(name, AnnotationMirror.class));
    }

    /** Where an attribute is: itself if it was written directly, else the annotation. */
    private SourceRef at(AttributeReader reader, String attribute) {
      return direct && reader.isWritten(attribute)
          ? SourceRef.of(element, written, reader.value(attribute))
          : SourceRef.of(element, written);
    }

    private Optional<Written<Integer>> bits(Optional<AttributeReader> reader) {
      return attribute(reader, BITS, value -> AttributeReader.content(value, Integer.class))
          .filter(bits -> bits.value() != 0);
    }

    private Optional<Written<Boolean>> flag(Optional<AttributeReader> reader, String name) {
      return attribute(reader, name, value -> AttributeReader.content(value, Boolean.class));
    }

    private <T> Optional<Written<T>> attribute(
        Optional<AttributeReader> reader, String name, Function<AnnotationValue, T> convert) {
      return reader
          .filter(from -> from.isWritten(name))
          .map(from -> new Written<>(convert.apply(from.value(name)), at(from, name)));
    }

    // -------------------------------------------------------------- the user's own annotation

    /** The width that the user's annotation has an attribute for. */
    private Optional<Written<Integer>> carriedBits() {
      if (with.isEmpty()) {
        return Optional.empty();
      }
      AttributeReader carrier = reader(with.get().carrier());
      for (ExecutableElement attribute : attributes(with.get())) {
        if (attribute.getSimpleName().contentEquals(BITS)) {
          if (attribute.getReturnType().getKind() != TypeKind.INT) {
            reporter.report(
                Message.Q15_BITS,
                place(),
                name(with.get()),
                SourceText.of(attribute.getReturnType()));
            return Optional.empty();
          }
          int bits = carrier.value(BITS, Integer.class);
          SourceRef at =
              with.get().carrier() == written && carrier.isWritten(BITS)
                  ? carrier.at(BITS)
                  : SourceRef.of(element, written);
          return bits == 0 ? Optional.empty() : Optional.of(new Written<>(bits, at));
        }
      }
      return Optional.empty();
    }

    private ConstructorParameters parameters(Carried found) {
      AttributeReader carrier = reader(found.carrier());
      List<Value> values = new ArrayList<>();
      boolean isComplete = true;
      for (ExecutableElement attribute : attributes(found)) {
        String name = attribute.getSimpleName().toString();
        if (name.equals(BITS)) {
          continue;
        }
        AnnotationValue value = carrier.value(name);
        Optional<Argument> argument = arguments.read(value, attribute.getReturnType());
        Optional<TypeElement> hidden = arguments.hidden(value, attribute.getReturnType());
        if (hidden.isPresent()) {
          isComplete = false;
          reporter.report(
              Message.Q15_HIDDEN, place(), name, name(found), hidden.get().getSimpleName());
        } else if (argument.isEmpty()) {
          isComplete = false;
          reporter.report(
              Message.Q15_TYPE,
              place(),
              name,
              name(found),
              SourceText.of(attribute.getReturnType()));
        } else {
          values.add(new Value(name, attribute.getReturnType(), argument.get()));
        }
      }
      return new ConstructorParameters(name(found), values, isComplete);
    }

    private void checkParameters(ConstructorParameters parameters, List<Quantizer> quantizers) {
      if (with.isPresent()
          && quantizers.stream().allMatch(each -> each.at().isEmpty())
          && !parameters.isEmpty()) {
        reporter.report(
            Message.Q15_UNUSED,
            place(),
            parameters.annotation(),
            parameters.values().get(0).name());
      }
    }

    // -------------------------------------------------------------- quantizers

    private Quantizer quantizer(
        Role role,
        Optional<AttributeReader> config,
        String attribute,
        Optional<AttributeReader> with,
        String withAttribute,
        ConstructorParameters parameters) {
      Optional<TypeMirror> ofConfig = config.flatMap(reader -> named(reader, attribute));
      Optional<TypeMirror> ofWith = with.flatMap(reader -> named(reader, withAttribute));
      if (ofConfig.isPresent() && ofWith.isPresent()) {
        reporter.report(
            Message.Q06_TWO_QUANTIZERS, place(), Annotations.name(written), withAttribute);
      }
      if (ofConfig.isPresent()) {
        return quantizer(
            ofConfig.get(), role, ConstructorParameters.NONE, at(config.get(), attribute));
      }
      return ofWith
          .map(type -> quantizer(type, role, those(parameters, type, with.get()), place()))
          .orElse(Quantizer.STANDARD);
    }

    private SourceRef place() {
      return SourceRef.of(element, written);
    }

    /** The parameters for one of several quantizers: none, if it takes none and another does. */
    private ConstructorParameters those(
        ConstructorParameters parameters, TypeMirror type, AttributeReader with) {
      boolean isOfAnother =
          !classes.takes(type, parameters)
              && classes.takes(type, ConstructorParameters.NONE)
              && Stream.of("weights", "activations", "layer")
                  .flatMap(attribute -> named(with, attribute).stream())
                  .anyMatch(other -> classes.takes(other, parameters));
      return isOfAnother ? ConstructorParameters.NONE : parameters;
    }

    private Quantizer quantizer(
        TypeMirror type, Role role, ConstructorParameters parameters, SourceRef at) {
      if (role != Role.LAYER && QuantizerClasses.isNone(type)) {
        return new Quantizer(true, Optional.empty(), Optional.of(at));
      }
      return new Quantizer(false, classes.use(type, role, parameters, at), Optional.of(at));
    }

    private void checkLayer(Quantizer layer, Quantizer weights, Quantizer activations) {
      if (layer.at().isEmpty()) {
        return;
      }
      for (Quantizer each : List.of(weights, activations)) {
        each.at().ifPresent(at -> reporter.report(Message.Q06_LAYER_AND_TENSORS, at));
      }
    }
  }

  private static Optional<TypeMirror> named(AttributeReader reader, String attribute) {
    TypeMirror type = reader.value(attribute, TypeMirror.class);
    return Symbols.isNamed(type, Default.class.getName()) ? Optional.empty() : Optional.of(type);
  }

  /** The attributes that are a quantizer's: those of a custom layer are the layer's. */
  private static List<ExecutableElement> attributes(Carried found) {
    return CustomDeclaration.mirror(found.carrier()).isPresent()
        ? List.of()
        : Annotations.attributes(Annotations.type(found.carrier()));
  }

  private static String name(Carried found) {
    return Annotations.name(found.carrier());
  }
}
