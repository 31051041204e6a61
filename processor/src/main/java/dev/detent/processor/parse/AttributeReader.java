package dev.detent.processor.parse;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** Reads and checks the attributes of one annotation. */
final class AttributeReader {
  private final Element element;
  private final AnnotationMirror mirror;
  private final Reporter reporter;

  AttributeReader(Element element, AnnotationMirror mirror, Reporter reporter) {
    this.element = element;
    this.mirror = mirror;
    this.reporter = reporter;
  }

  /** Everything that the keys name; nothing if something is out of range. */
  Optional<Attributes> read(List<AttributeKey<?>> keys) {
    int before = reporter.errors();
    Attributes.Builder attributes = Attributes.builder();
    for (AttributeKey<?> key : keys) {
      Object value = read(key);
      if (value != null) {
        attributes.put(key, value, at(key.name()));
      }
    }
    return reporter.errors() == before ? Optional.of(attributes.build()) : Optional.empty();
  }

  /** The value that was written, or the default. */
  AnnotationValue value(String name) {
    AnnotationValue written = written(name);
    if (written != null) {
      return written;
    }
    TypeElement type = Annotations.type(mirror);
    for (ExecutableElement attribute : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (attribute.getSimpleName().contentEquals(name)) {
        return attribute.getDefaultValue();
      }
    }
    throw new IllegalStateException(
        "@" + type.getSimpleName() + " has no attribute '" + name + "'");
  }

  /** Whether the user wrote it. */
  boolean isWritten(String name) {
    return written(name) != null;
  }

  /** Where it was written; the annotation, if it was not. */
  SourceRef at(String name) {
    AnnotationValue written = written(name);
    return written == null ? SourceRef.of(element, mirror) : at(written);
  }

  SourceRef at(AnnotationValue value) {
    return SourceRef.of(element, mirror, value);
  }

  /** The values that an array attribute lists. */
  List<AnnotationValue> values(String name) {
    List<AnnotationValue> values = new ArrayList<>();
    for (Object each : (List<?>) value(name).getValue()) {
      values.add((AnnotationValue) each);
    }
    return values;
  }

  private AnnotationValue written(String name) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private Object read(AttributeKey<?> key) {
    return switch (key.form()) {
      case INTEGER, DECIMAL -> single(key);
      case FLAG -> value(key.name()).getValue();
      case PAIR -> pair(key, 1);
      case OPTIONAL_PAIR ->
          values(key.name()).isEmpty() ? Optional.empty() : optional(pair(key, 0));
      case SIZES -> sizes(key);
      case MARGINS -> margins(key);
      case PADDING -> Padding.valueOf(constant(key));
      case INITIALIZER -> Initializer.valueOf(constant(key));
      case NAMES -> names(key);
    };
  }

  private static Object optional(Object value) {
    return value == null ? null : Optional.of(value);
  }

  private Object pair(AttributeKey<?> key, int fewest) {
    List<Integer> numbers = numbers(key);
    if (numbers == null) {
      return null;
    }
    return switch (numbers.size()) {
      case 1 -> new Pair(numbers.get(0), numbers.get(0));
      case 2 -> new Pair(numbers.get(0), numbers.get(1));
      default ->
          wrongLength(
              key,
              numbers.size(),
              (fewest == 0 ? "none, " : "")
                  + "one number for height and width, or two: {height, width}");
    };
  }

  private Object margins(AttributeKey<?> key) {
    List<Integer> n = numbers(key);
    if (n == null) {
      return null;
    }
    return switch (n.size()) {
      case 1 -> new Margins(n.get(0), n.get(0), n.get(0), n.get(0));
      case 2 -> new Margins(n.get(0), n.get(0), n.get(1), n.get(1));
      case 4 -> new Margins(n.get(0), n.get(1), n.get(2), n.get(3));
      default ->
          wrongLength(
              key,
              n.size(),
              "one number for all sides, two: {top and bottom, left and right}, or four: {top,"
                  + " bottom, left, right}");
    };
  }

  private Object sizes(AttributeKey<?> key) {
    List<Integer> sizes = numbers(key);
    if (sizes == null) {
      return null;
    }
    if (sizes.isEmpty() || sizes.size() > 4) {
      return wrongLength(key, sizes.size(), "one to four sizes, without the batch");
    }
    return List.copyOf(sizes);
  }

  private Object names(AttributeKey<?> key) {
    List<String> names = new ArrayList<>();
    for (AnnotationValue value : values(key.name())) {
      names.add((String) value.getValue());
    }
    if (names.size() < key.bound().lowest()) {
      return wrongLength(key, names.size(), "the names of two or more layers");
    }
    return List.copyOf(names);
  }

  private Object wrongLength(AttributeKey<?> key, int actual, String wanted) {
    reporter.report(
        DiagnosticId.ATTRIBUTE_LENGTH,
        at(key.name()),
        key.name()
            + " of @"
            + simpleName()
            + " has "
            + actual
            + (actual == 1 ? " value" : " values")
            + "; it takes "
            + wanted
            + ".");
    return null;
  }

  private List<Integer> numbers(AttributeKey<?> key) {
    List<Integer> numbers = new ArrayList<>();
    boolean valid = true;
    boolean written = isWritten(key.name());
    List<AnnotationValue> values = values(key.name());
    for (AnnotationValue value : values) {
      Object number = number(key, value, written ? at(value) : at(key.name()), values);
      if (number == null) {
        valid = false;
      } else {
        numbers.add((Integer) number);
      }
    }
    return valid ? numbers : null;
  }

  private Object single(AttributeKey<?> key) {
    AnnotationValue value = value(key.name());
    return number(key, value, at(key.name()), List.of(value));
  }

  /** One of the values that an attribute lists, or the only one. */
  private Object number(
      AttributeKey<?> key, AnnotationValue value, SourceRef at, List<AnnotationValue> all) {
    Number number = (Number) value.getValue();
    if (key.bound().allows(number.doubleValue())) {
      return number;
    }
    reporter.report(
        DiagnosticId.ATTRIBUTE_RANGE,
        at,
        key.name()
            + " of @"
            + simpleName()
            + " is "
            + (all.size() == 1 ? number + "; it must be " : listed(all) + "; each must be ")
            + key.bound().text()
            + ".");
    return null;
  }

  /** {@code {3, -1}}. */
  private static String listed(List<AnnotationValue> values) {
    return values.stream()
        .map(value -> value.getValue().toString())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String constant(AttributeKey<?> key) {
    return ((VariableElement) value(key.name()).getValue()).getSimpleName().toString();
  }

  private String simpleName() {
    return Annotations.type(mirror).getSimpleName().toString();
  }
}
