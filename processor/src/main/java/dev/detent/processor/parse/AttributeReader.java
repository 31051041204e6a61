package dev.detent.processor.parse;

import dev.detent.annotations.DataType;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Interpolation;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Ends;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.Pair;
import dev.detent.processor.parse.Assignments.Assigned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final int MOST_AXES = 4;

  /** What an expression can give a value. */
  private static final Set<AttributeKey.Form> BINDABLE =
      EnumSet.of(
          AttributeKey.Form.INTEGER,
          AttributeKey.Form.DECIMAL,
          AttributeKey.Form.FLAG,
          AttributeKey.Form.PAIR,
          AttributeKey.Form.OPTIONAL_PAIR,
          AttributeKey.Form.SIZES,
          AttributeKey.Form.MARGINS);

  private final Element element;
  private final AnnotationMirror mirror;
  private final Bindings bindings;
  private final Reporter reporter;

  AttributeReader(Element element, AnnotationMirror mirror, Reporter reporter) {
    this(element, mirror, Bindings.NONE, reporter);
  }

  AttributeReader(Element element, AnnotationMirror mirror, Bindings bindings, Reporter reporter) {
    this.element = element;
    this.mirror = mirror;
    this.bindings = bindings;
    this.reporter = reporter;
  }

  /** A number, and where it was written. */
  private record Numeral(Number value, SourceRef at) {}

  /** Everything that the keys name; nothing if something is out of range. */
  Optional<Attributes> read(List<AttributeKey<?>> keys) {
    int before = reporter.errors();
    Attributes.Builder attributes = Attributes.builder();
    for (AttributeKey<?> key : keys) {
      Object value = isMissing(key) ? reportMissing(key) : read(key);
      if (value != null) {
        attributes.put(key, value, at(key.name()));
      }
    }
    return reporter.errors() == before ? Optional.of(attributes.build()) : Optional.empty();
  }

  /**
   * The value that was written, or the default.
   *
   * @throws ErroneousException if there is neither
   */
  AnnotationValue value(String name) {
    AnnotationValue written = written(name);
    if (written != null) {
      return written;
    }
    TypeElement type = Annotations.type(mirror);
    for (ExecutableElement attribute : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (attribute.getSimpleName().contentEquals(name) && attribute.getDefaultValue() != null) {
        return attribute.getDefaultValue();
      }
    }
    throw new ErroneousException("@" + type.getSimpleName() + " has no value for '" + name + "'");
  }

  /** Likewise, of a type: a boxed one, a text, or what the compiler has for all others. */
  <T> T value(String name, Class<T> type) {
    return content(value(name), type);
  }

  /** The constant of an enum that was written, or the default. */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return constant(value(name), type);
  }

  /**
   * What a value holds.
   *
   * @throws ErroneousException if that is of another type
   */
  static <T> T content(AnnotationValue value, Class<T> type) {
    if (type.isInstance(value.getValue())) {
      return type.cast(value.getValue());
    }
    throw new ErroneousException("a value is no " + type.getSimpleName());
  }

  /**
   * Which constant of an enum a value is.
   *
   * @throws ErroneousException if it is none
   */
  static <E extends Enum<E>> E constant(AnnotationValue value, Class<E> type) {
    String name = content(value, VariableElement.class).getSimpleName().toString();
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ErroneousException(name + " is no " + type.getSimpleName()));
  }

  /** Whether the user wrote it. */
  boolean isWritten(String name) {
    return written(name) != null;
  }

  /** Where it was written; the annotation, if it was not. */
  SourceRef at(String name) {
    Optional<Assigned> bound = bindings.find(name);
    if (bound.isPresent()) {
      return bound.get().at();
    }
    AnnotationValue written = written(name);
    return written == null ? SourceRef.of(element, mirror) : at(written);
  }

  SourceRef at(AnnotationValue value) {
    return SourceRef.of(element, mirror, value);
  }

  /** The values that an array attribute lists. */
  List<AnnotationValue> values(String name) {
    List<AnnotationValue> values = new ArrayList<>();
    Object content = value(name).getValue();
    if (!(content instanceof List<?> several)) {
      return List.of(value(name)); // braces around a single one may be left out
    }
    for (Object each : several) {
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
      case INTEGER, DECIMAL -> number(key);
      case FLAG -> flag(key);
      case PAIR -> pair(key, 1);
      case OPTIONAL_PAIR -> isEmpty(key) ? Optional.empty() : optional(pair(key, 0));
      case SIZES -> sizes(key);
      case MARGINS -> margins(key);
      case ENDS -> ends(key);
      case PER_AXIS -> perAxis(key);
      case INTERPOLATION -> constant(key.name(), Interpolation.class);
      case PAD_MODE -> constant(key.name(), PadMode.class);
      case PADDING -> constant(key.name(), Padding.class);
      case INITIALIZER -> constant(key.name(), Initializer.class);
      case NAME -> value(key.name(), String.class);
      case NAMES -> names(key);
      case DATA_TYPE -> constant(key.name(), DataType.class);
      case AXES -> axes(key);
    };
  }

  private static Object optional(Object value) {
    return value == null ? null : Optional.of(value);
  }

  /** An array without values, or a plain number that is not written. */
  private boolean isEmpty(AttributeKey<?> key) {
    if (bindings.find(key.name()).isPresent()) {
      return false;
    }
    return value(key.name()).getValue() instanceof List<?> values
        ? values.isEmpty()
        : !isWritten(key.name());
  }

  private Object pair(AttributeKey<?> key, int fewest) {
    if (value(key.name()).getValue() instanceof Integer) {
      Object width = number(key);
      return width == null ? null : new Pair(1, (Integer) width);
    }
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

  private Object ends(AttributeKey<?> key) {
    List<Integer> n = numbers(key);
    if (n == null) {
      return null;
    }
    return switch (n.size()) {
      case 1 -> new Ends(n.get(0), n.get(0));
      case 2 -> new Ends(n.get(0), n.get(1));
      default -> wrongLength(key, n.size(), "one number for both ends, or two: {before, after}");
    };
  }

  private Object perAxis(AttributeKey<?> key) {
    List<Integer> numbers = numbers(key);
    if (numbers == null) {
      return null;
    }
    if (numbers.size() > MOST_AXES) {
      return wrongLength(
          key, numbers.size(), "at most " + MOST_AXES + " numbers, one for each axis");
    }
    return List.copyOf(numbers);
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
      names.add(content(value, String.class));
    }
    if (!key.bound().allows(names.size())) {
      boolean isOpen = Double.isInfinite(key.bound().highest());
      return wrongLength(
          key, names.size(), "the names of two " + (isOpen ? "or more " : "") + "layers");
    }
    return List.copyOf(names);
  }

  private Object axes(AttributeKey<?> key) {
    List<Integer> axes = numbers(key);
    return axes == null ? null : axes.stream().distinct().toList();
  }

  private Object wrongLength(AttributeKey<?> key, int actual, String wanted) {
    reporter.report(
        Message.A02_WRONG_LENGTH, at(key.name()), key.name(), annotation(), actual, wanted);
    return null;
  }

  private List<Integer> numbers(AttributeKey<?> key) {
    List<Integer> numbers = new ArrayList<>();
    boolean valid = true;
    List<Numeral> numerals = numerals(key);
    for (Numeral numeral : numerals) {
      Object number = number(key, numeral, numerals);
      if (number == null) {
        valid = false;
      } else {
        numbers.add((Integer) number);
      }
    }
    return valid ? numbers : null;
  }

  /** The one number of an attribute that takes one. */
  private Object number(AttributeKey<?> key) {
    List<Numeral> numerals = numerals(key);
    return numerals.size() == 1
        ? number(key, numerals.get(0), numerals)
        : wrongLength(key, numerals.size(), "one number");
  }

  /** One of the values that an attribute lists, or the only one. */
  private Object number(AttributeKey<?> key, Numeral numeral, List<Numeral> all) {
    Number number = numeral.value();
    boolean wantsWhole = key.form() != AttributeKey.Form.DECIMAL;
    boolean whole = number.doubleValue() == number.intValue();
    if (key.bound().allows(number.doubleValue()) && (whole || !wantsWhole)) {
      // Each in an expression of its own: in one they would become the same type.
      if (wantsWhole) {
        return number.intValue();
      }
      return number.doubleValue();
    }
    reporter.report(
        all.size() == 1 ? Message.A01_OUT_OF_RANGE : Message.A01_EACH_OUT_OF_RANGE,
        numeral.at(),
        key.name(),
        annotation(),
        all.size() == 1 ? Environment.show(number) : listed(all),
        (wantsWhole && !whole ? "a whole number, " : "")
            + key.bound().textFor(number.doubleValue()));
    return null;
  }

  /** The numbers that were written or bound, or the default. */
  private List<Numeral> numerals(AttributeKey<?> key) {
    List<Numeral> numerals = new ArrayList<>();
    Optional<Assigned> bound = bindings.find(key.name());
    if (bound.isPresent()) {
      for (Object value : bound.get().values()) {
        if (value instanceof Double number) {
          numerals.add(new Numeral(number, bound.get().at()));
        }
      }
      return numerals;
    }
    AnnotationValue value = value(key.name());
    if (value.getValue() instanceof Number number) {
      return List.of(new Numeral(number, at(key.name())));
    }
    boolean written = isWritten(key.name());
    for (AnnotationValue each : values(key.name())) {
      numerals.add(new Numeral(content(each, Number.class), written ? at(each) : at(key.name())));
    }
    return numerals;
  }

  private Object flag(AttributeKey<?> key) {
    Optional<Assigned> bound = bindings.find(key.name());
    return bound.isPresent() ? bound.get().values().get(0) : value(key.name(), Boolean.class);
  }

  /** Whether an attribute that has no sensible default was neither written nor bound. */
  private boolean isMissing(AttributeKey<?> key) {
    if (isWritten(key.name()) || bindings.find(key.name()).isPresent()) {
      return false;
    }
    Object value = value(key.name()).getValue();
    return switch (key.form()) {
      case INTEGER, DECIMAL -> !allows(key, value);
      case PAIR, SIZES, MARGINS ->
          value instanceof List<?> values ? values.isEmpty() : !allows(key, value);
      default -> false;
    };
  }

  private static boolean allows(AttributeKey<?> key, Object value) {
    return value instanceof Number number && key.bound().allows(number.doubleValue());
  }

  private Object reportMissing(AttributeKey<?> key) {
    reporter.report(
        Message.A06_MISSING_ATTRIBUTE, SourceRef.of(element, mirror), annotation(), key.name());
    return null;
  }

  /** Reports bindings of attributes that there are not, or that are written too, or of no fit. */
  void checkBindings(List<AttributeKey<?>> keys) {
    List<String> bindable = new ArrayList<>();
    for (AttributeKey<?> key : keys) {
      if (!BINDABLE.contains(key.form())) {
        continue;
      }
      bindable.add(key.name());
      bindings
          .find(key.name())
          .ifPresent(
              bound -> {
                boolean wantsFlag = key.form() == AttributeKey.Form.FLAG;
                boolean fits =
                    bound.values().stream().allMatch(value -> value instanceof Boolean == wantsFlag)
                        && !(wantsFlag && bound.values().size() > 1);
                if (fits && isWritten(key.name())) {
                  reporter.report(
                      Message.A07_BOUND_AND_WRITTEN, bound.at(), key.name(), annotation());
                } else if (!fits) {
                  reporter.report(
                      Message.A07_BOUND_TYPE,
                      bound.at(),
                      key.name(),
                      annotation(),
                      wantsFlag ? "true or false" : "numbers");
                }
              });
    }
    bindings.check(annotation(), bindable, reporter);
  }

  /** {@code {3, -1}}. */
  private static String listed(List<Numeral> numerals) {
    return numerals.stream()
        .map(numeral -> Environment.show(numeral.value()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** The simple name of the annotation. */
  String annotation() {
    return Annotations.name(mirror);
  }
}
