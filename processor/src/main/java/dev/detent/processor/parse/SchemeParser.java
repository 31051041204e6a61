package dev.detent.processor.parse;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Granularity;
import dev.detent.annotations.Model;
import dev.detent.annotations.OutputRange;
import dev.detent.annotations.scheme.Scales;
import dev.detent.annotations.scheme.Scheme;
import dev.detent.annotations.scheme.TfliteInt8;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Bound;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.SchemeDeclaration;
import dev.detent.processor.model.SchemeDeclaration.ActivationForms;
import dev.detent.processor.model.SchemeDeclaration.Rule;
import dev.detent.processor.model.SchemeDeclaration.WeightForms;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Reads a class with {@code @Scheme}, from its source or from its class file. */
public final class SchemeParser {
  private static final String LAYERS = Model.class.getPackageName() + ".";

  private final Elements elements;

  /** A parser that looks classes up there. */
  public SchemeParser(Elements elements) {
    this.elements = elements;
  }

  /** Takes what is wrong with a scheme. */
  @FunctionalInterface
  public interface Problems {
    /**
     * Something is wrong.
     *
     * @param value of the scheme's annotation; null for the annotation itself
     * @param message what
     * @param values of the parameters of its text
     */
    void report(@Nullable AnnotationValue value, Message message, Object... values);
  }

  static String simpleName(TypeMirror type) {
    return Symbols.classOf(type)
        .map(each -> each.getSimpleName().toString())
        .orElseGet(() -> SourceText.of(type));
  }

  /** TFLite's int8 scheme. */
  SchemeDeclaration standard() {
    TypeElement type = elements.getTypeElement(TfliteInt8.class.getName());
    return parse(
            type.asType(),
            (value, message, values) -> {
              throw new IllegalStateException(message.text(values));
            })
        .orElseThrow();
  }

  /** Reports what is wrong with a scheme among the sources, at the place that is wrong. */
  public void check(TypeElement type, Reporter reporter) {
    AnnotationMirror mirror = mirror(type).orElseThrow();
    parse(
        type.asType(),
        (value, message, values) ->
            reporter.report(
                message,
                value == null ? SourceRef.of(type, mirror) : SourceRef.of(type, mirror, value),
                values));
  }

  private static Optional<AnnotationMirror> mirror(TypeElement type) {
    for (AnnotationMirror each : type.getAnnotationMirrors()) {
      if (Annotations.qualifiedName(each).equals(Scheme.class.getName())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The scheme that a class describes; empty if it does not, which is then reported. */
  public Optional<SchemeDeclaration> parse(TypeMirror type, Problems problems) {
    Optional<TypeElement> element = Symbols.classOf(type);
    Optional<AnnotationMirror> mirror = element.flatMap(SchemeParser::mirror);
    if (mirror.isEmpty()) {
      problems.report(null, Message.Q13_NOT_A_SCHEME, simpleName(type));
      return Optional.empty();
    }
    return new Reading(element.get(), mirror.get(), problems).read();
  }

  /** One scheme. */
  private final class Reading {
    private final TypeElement type;
    private final AttributeReader scheme;
    private final Problems problems;
    private boolean valid = true;

    Reading(TypeElement type, AnnotationMirror mirror, Problems problems) {
      this.type = type;
      this.scheme = new AttributeReader(type, mirror, new Reporter());
      this.problems = problems;
    }

    Optional<SchemeDeclaration> read() {
      if (type.getKind() != ElementKind.CLASS && type.getKind() != ElementKind.INTERFACE) {
        problem(null, Message.Q13_TYPE);
      }
      String name = scheme.value("name", String.class);
      if (name.isBlank()) {
        problem(scheme.value("name"), Message.Q13_NAME);
      }
      boolean powerOfTwo = scheme.value("scales", Scales.class) == Scales.POWER_OF_TWO;
      Rule common =
          new Rule(
              weights(scheme), activations(scheme), fuses(scheme), OutputRange.AS_TFLITE, 0, 0);
      SchemeDeclaration declaration =
          new SchemeDeclaration(
              Symbols.nameOf(type, elements),
              name,
              scheme.value("tflite", Boolean.class),
              powerOfTwo,
              biasBits(),
              layers(),
              common,
              special(common));
      return valid ? Optional.of(declaration) : Optional.empty();
    }

    private void problem(@Nullable AnnotationValue value, Message message, Object... values) {
      valid = false;
      Stream<Object> all = Stream.concat(Stream.of(type.getSimpleName()), Stream.of(values));
      problems.report(value, message, all.toArray());
    }

    private int biasBits() {
      int bits = scheme.value("biasBits", Integer.class);
      if (bits != 0 && (bits < Byte.SIZE || bits > Integer.SIZE)) {
        problem(scheme.value("biasBits"), Message.Q13_BIAS_BITS, bits);
      } else if (bits != 0 && scheme.value("tflite", Boolean.class)) {
        problem(scheme.value("biasBits"), Message.Q13_BIAS_OF_TFLITE, bits);
      }
      return bits;
    }

    // -------------------------------------------------------------- layers

    private Set<OperationKind> layers() {
      Set<OperationKind> layers = EnumSet.allOf(OperationKind.class);
      List<OperationKind> only = kinds(scheme, "only");
      if (!only.isEmpty()) {
        layers.retainAll(only);
        layers.add(OperationKind.INPUT);
      }
      for (OperationKind without : kinds(scheme, "without")) {
        if (!layers.remove(without)) {
          problem(scheme.value("without"), Message.Q13_WITHOUT_TWICE, without.annotation());
        }
      }
      return layers;
    }

    private List<OperationKind> kinds(AttributeReader reader, String attribute) {
      List<OperationKind> kinds = new ArrayList<>();
      for (AnnotationValue value : reader.values(attribute)) {
        Optional<OperationKind> kind = kind(value);
        if (kind.isEmpty() || kind.get() == OperationKind.INPUT) {
          problem(value, Message.Q13_LAYER, named(value), attribute);
        } else {
          kinds.add(kind.get());
        }
      }
      return kinds;
    }

    private static String named(AnnotationValue value) {
      return simpleName(AttributeReader.content(value, TypeMirror.class));
    }

    private Optional<OperationKind> kind(AnnotationValue value) {
      return libraryName(value).flatMap(OperationKind::of);
    }

    /** The simple name, if it is one of Detent's own annotations. */
    private Optional<String> libraryName(AnnotationValue value) {
      return Optional.of(value.getValue())
          .filter(TypeMirror.class::isInstance)
          .map(TypeMirror.class::cast)
          .filter(type -> Symbols.isNamed(type, LAYERS + simpleName(type)))
          .map(SchemeParser::simpleName);
    }

    private Optional<Set<String>> fuses(AttributeReader reader) {
      if (!reader.isWritten("fuses")) {
        return Optional.empty();
      }
      Set<String> names = new TreeSet<>();
      for (AnnotationValue value : reader.values("fuses")) {
        Optional<String> name = libraryName(value).filter(Reading::isFused);
        if (name.isEmpty()) {
          problem(value, Message.Q13_FUSED, named(value));
        } else {
          names.add(name.get());
        }
      }
      return Optional.of(names);
    }

    private static boolean isFused(String annotation) {
      return annotation.equals(BatchNorm.class.getSimpleName())
          || OperationKind.of(annotation).filter(OperationKind::isFusible).isPresent();
    }

    // -------------------------------------------------------------- rules

    private Map<OperationKind, Rule> special(Rule common) {
      Map<OperationKind, Rule> special = new EnumMap<>(OperationKind.class);
      for (AnnotationValue value : scheme.values("operations")) {
        AttributeReader reader = nested(value);
        Rule rule = rule(reader, common);
        for (OperationKind kind : kinds(reader, "of")) {
          if (special.put(kind, rule) != null) {
            problem(value, Message.Q13_TWO_RULES, kind.annotation());
          }
        }
      }
      return special;
    }

    private Rule rule(AttributeReader reader, Rule common) {
      Optional<Set<String>> fuses = fuses(reader);
      OutputRange range = reader.value("range", OutputRange.class);
      double scale = reader.value("scale", Double.class);
      int zeroPoint = reader.value("zeroPoint", Integer.class);
      List<ActivationForms> activations =
          reader.isWritten("activations") ? activations(reader) : common.activations();
      if (range == OutputRange.FIXED) {
        checkFixed(reader, scale, zeroPoint, activations);
      } else if (reader.isWritten("scale") || reader.isWritten("zeroPoint")) {
        problem(
            reader.value(reader.isWritten("scale") ? "scale" : "zeroPoint"), Message.Q13_NOT_FIXED);
      }
      return new Rule(
          reader.isWritten("weights") ? weights(reader) : common.weights(),
          activations,
          fuses.or(common::fuses),
          range,
          scale,
          zeroPoint);
    }

    private void checkFixed(
        AttributeReader reader, double scale, int zeroPoint, List<ActivationForms> activations) {
      if (!Bound.SCALE.allows(scale)) {
        problem(reader.value("scale"), Message.Q13_SCALE, scale, Bound.SCALE.text());
      }
      for (ActivationForms forms : activations) {
        for (int bits : forms.bits()) {
          int half = 1 << (bits - 1);
          if (zeroPoint < -half || zeroPoint >= half) {
            problem(
                reader.value("zeroPoint"),
                Message.Q13_ZERO_POINT,
                zeroPoint,
                bits,
                -half,
                half - 1);
            return;
          }
        }
      }
    }

    private List<WeightForms> weights(AttributeReader reader) {
      return forms(
          reader,
          "weights",
          rule ->
              new WeightForms(
                  bits(rule),
                  values(
                      rule,
                      "granularity",
                      value -> AttributeReader.content(value, Granularity.class)),
                  values(
                      rule,
                      "narrowRange",
                      value -> AttributeReader.content(value, Boolean.class))));
    }

    private List<ActivationForms> activations(AttributeReader reader) {
      return forms(
          reader,
          "activations",
          rule ->
              new ActivationForms(
                  bits(rule),
                  values(
                      rule, "symmetric", value -> AttributeReader.content(value, Boolean.class))));
    }

    private <F> List<F> forms(
        AttributeReader reader, String attribute, Function<AttributeReader, F> read) {
      List<F> forms =
          reader.values(attribute).stream().map(value -> read.apply(nested(value))).toList();
      if (forms.isEmpty()) {
        problem(reader.value(attribute), Message.Q13_NO_RULE, attribute);
      }
      return forms;
    }

    private List<Integer> bits(AttributeReader rule) {
      List<Integer> bits =
          values(rule, "bits", value -> AttributeReader.content(value, Integer.class));
      for (int each : bits) {
        if (each < SchemeDeclaration.FEWEST_BITS || each > SchemeDeclaration.MOST_BITS) {
          problem(
              rule.value("bits"),
              Message.Q13_WIDTH,
              each,
              SchemeDeclaration.FEWEST_BITS,
              SchemeDeclaration.MOST_BITS);
        }
      }
      return bits;
    }

    private <T> List<T> values(
        AttributeReader rule, String attribute, Function<AnnotationValue, T> read) {
      List<T> values = rule.values(attribute).stream().map(read).toList();
      if (values.isEmpty()) {
        problem(rule.value(attribute), Message.Q13_EMPTY_RULE, attribute);
      }
      return values;
    }

    private AttributeReader nested(AnnotationValue value) {
      return new AttributeReader(
          type, AttributeReader.content(value, AnnotationMirror.class), new Reporter());
    }
  }
}
