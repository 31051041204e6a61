package dev.detent.processor.parse;

import dev.detent.annotations.DataType;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Interpolation;
import dev.detent.annotations.MergeMode;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/** Reads and checks the attributes of one annotation. */
final class AttributeReader {
  private static final int MOST_AXES = 4;

  /** What an expression can give a value. */
  private static final Set<AttributeKey.Form> BINDABLE =
      EnumSet.of(
          AttributeKey.Form.INTEGER,
          AttributeKey.Form.DECIMAL,
          AttributeKey.Form.DECIMALS,
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
    Attributes attributes = Attributes.NONE;
    for (AttributeKey<?> key : keys) {
      if (isMissing(key)) {
        reporter.report(
            Message.A06_MISSING_ATTRIBUTE, SourceRef.of(element, mirror), annotation(), key.name());
      } else {
        Optional<?> value = read(key);
        if (value.isPresent()) {
          attributes = attributes.withRead(key, value.get(), at(key.name()));
        }
      }
    }
    return reporter.errors() == before ? Optional.of(attributes) : Optional.empty();
  }

  /**
   * The value that was written, or the default.
   *
   * @throws ErroneousException if there is neither
   */
  AnnotationValue value(String name) {
    return written(name)
        .or(
            () ->
                Annotations.attributes(Annotations.type(mirror)).stream()
                    .filter(attribute -> attribute.getSimpleName().contentEquals(name))
                    .map(ExecutableElement::getDefaultValue)
                    .filter(Objects::nonNull)
                    .<AnnotationValue>map(value -> value)
                    .findFirst())
        .orElseThrow(
            () -> new ErroneousException("@" + annotation() + " has no value for '" + name + "'"));
  }

  /** Likewise, of a type: a boxed one, a text, or what the compiler has for all others. */
  <T> T value(String name, Class<T> type) {
    return content(value(name), type);
  }

  /**
   * What a value holds: of an enum, the constant of that name.
   *
   * @throws ErroneousException if that is of another type
   */
  static <T> T content(AnnotationValue value, Class<T> type) {
    Object content = value.getValue();
    if (content instanceof VariableElement constant && type.isEnum()) {
      content =
          Arrays.stream(type.getEnumConstants())
              .filter(each -> constant.getSimpleName().contentEquals(((Enum<?>) each).name()))
              .findFirst()
              .orElseThrow(
                  () -> new ErroneousException(constant + " is not in " + type.getSimpleName()));
    }
    if (type.isInstance(content)) {
      return type.cast(content);
    }
    throw new ErroneousException("a value is not of type " + type.getSimpleName());
  }

  /** Whether the user wrote it. */
  boolean isWritten(String name) {
    return written(name).isPresent();
  }

  /** Where it was written; the annotation, if it was not. */
  SourceRef at(String name) {
    return bindings
        .find(name)
        .map(Assigned::at)
        .or(() -> written(name).map(this::at))
        .orElseGet(() -> SourceRef.of(element, mirror));
  }

  SourceRef at(AnnotationValue value) {
    return SourceRef.of(element, mirror, value);
  }

  /** The values that an array attribute lists. */
  List<AnnotationValue> values(String name) {
    AnnotationValue value = value(name);
    return value.getValue() instanceof List<?> several
        ? several.stream().map(AnnotationValue.class::cast).toList()
        : List.of(value); // braces around a single one may be left out
  }

  private Optional<AnnotationValue> written(String name) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(name)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** The value of an attribute; empty if it is not valid, which is then reported. */
  private Optional<?> read(AttributeKey<?> key) {
    return switch (key.form()) {
      case INTEGER, DECIMAL -> number(key);
      case DECIMALS -> decimals(key);
      case FLAG -> Optional.of(flag(key));
      case PAIR -> pair(key, "");
      case OPTIONAL_PAIR ->
          isEmpty(key) ? Optional.of(Optional.empty()) : pair(key, "none, ").map(Optional::of);
      case SIZES ->
          numbers(key)
              .filter(n -> hasLength(key, n, 1, MOST_AXES, "one to four sizes, without the batch"));
      case MARGINS -> numbers(key).flatMap(n -> margins(key, n));
      case ENDS -> numbers(key).flatMap(n -> ends(key, n));
      case PER_AXIS ->
          numbers(key)
              .filter(n -> hasLength(key, n, 0, MOST_AXES, "at most 4 numbers, one for each axis"));
      case INTERPOLATION -> Optional.of(value(key.name(), Interpolation.class));
      case PAD_MODE -> Optional.of(value(key.name(), PadMode.class));
      case MERGE_MODE -> Optional.of(value(key.name(), MergeMode.class));
      case PADDING -> Optional.of(value(key.name(), Padding.class));
      case INITIALIZER -> Optional.of(value(key.name(), Initializer.class));
      case NAME -> Optional.of(value(key.name(), String.class));
      case NAMES -> names(key);
      case DATA_TYPE -> Optional.of(value(key.name(), DataType.class));
      case AXES -> numbers(key).map(axes -> axes.stream().distinct().toList());
    };
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

  private Optional<Pair> pair(AttributeKey<?> key, String orNone) {
    if (value(key.name()).getValue() instanceof Integer) {
      return number(key).map(width -> new Pair(1, width.intValue()));
    }
    String wanted = orNone + "one number for height and width, or two: {height, width}";
    return numbers(key)
        .filter(n -> hasLength(key, n, 1, 2, wanted))
        .map(n -> new Pair(n.get(0), n.get(n.size() - 1)));
  }

  private Optional<Margins> margins(AttributeKey<?> key, List<Integer> n) {
    return switch (n.size()) {
      case 1 -> Optional.of(new Margins(n.get(0), n.get(0), n.get(0), n.get(0)));
      case 2 -> Optional.of(new Margins(n.get(0), n.get(0), n.get(1), n.get(1)));
      case 4 -> Optional.of(new Margins(n.get(0), n.get(1), n.get(2), n.get(3)));
      default ->
          wrongLength(
              key,
              n.size(),
              "one number for all sides, two: {top and bottom, left and right}, or four: {top,"
                  + " bottom, left, right}");
    };
  }

  private Optional<Ends> ends(AttributeKey<?> key, List<Integer> n) {
    return hasLength(key, n, 1, 2, "one number for both ends, or two: {before, after}")
        ? Optional.of(new Ends(n.get(0), n.get(n.size() - 1)))
        : Optional.empty();
  }

  private Optional<List<String>> names(AttributeKey<?> key) {
    List<String> names =
        values(key.name()).stream().map(value -> content(value, String.class)).toList();
    boolean isOpen = Double.isInfinite(key.bound().highest());
    return key.bound().allows(names.size())
        ? Optional.of(names)
        : wrongLength(
            key, names.size(), "the names of two " + (isOpen ? "or more " : "") + "layers");
  }

  private boolean hasLength(
      AttributeKey<?> key, List<Integer> numbers, int fewest, int most, String wanted) {
    boolean fits = numbers.size() >= fewest && numbers.size() <= most;
    return fits || wrongLength(key, numbers.size(), wanted).isPresent();
  }

  private <T> Optional<T> wrongLength(AttributeKey<?> key, int actual, String wanted) {
    reporter.report(
        Message.A02_WRONG_LENGTH, at(key.name()), key.name(), annotation(), actual, wanted);
    return Optional.empty();
  }

  private Optional<List<Integer>> numbers(AttributeKey<?> key) {
    List<Numeral> numerals = numerals(key);
    List<Integer> numbers = new ArrayList<>();
    for (Numeral numeral : numerals) {
      number(key, numeral, numerals).ifPresent(number -> numbers.add(number.intValue()));
    }
    return numbers.size() == numerals.size() ? Optional.of(List.copyOf(numbers)) : Optional.empty();
  }

  private Optional<List<Double>> decimals(AttributeKey<?> key) {
    List<Numeral> numerals = numerals(key);
    List<Double> numbers = new ArrayList<>();
    for (Numeral numeral : numerals) {
      number(key, numeral, numerals).ifPresent(number -> numbers.add(number.doubleValue()));
    }
    return numbers.size() == numerals.size() ? Optional.of(List.copyOf(numbers)) : Optional.empty();
  }

  /** The one number of an attribute that takes one. */
  private Optional<Number> number(AttributeKey<?> key) {
    List<Numeral> numerals = numerals(key);
    return numerals.size() == 1
        ? number(key, numerals.get(0), numerals)
        : wrongLength(key, numerals.size(), "one number");
  }

  /** One of the values that an attribute lists, or the only one. */
  private Optional<Number> number(AttributeKey<?> key, Numeral numeral, List<Numeral> all) {
    double number = numeral.value().doubleValue();
    boolean wantsWhole =
        key.form() != AttributeKey.Form.DECIMAL && key.form() != AttributeKey.Form.DECIMALS;
    boolean isWhole = number == (int) number;
    if (key.bound().allows(number) && (isWhole || !wantsWhole)) {
      // Each in an expression of its own: in one they would become the same type.
      if (wantsWhole) {
        return Optional.of((int) number);
      }
      return Optional.of(number);
    }
    reporter.report(
        all.size() == 1 ? Message.A01_OUT_OF_RANGE : Message.A01_EACH_OUT_OF_RANGE,
        numeral.at(),
        key.name(),
        annotation(),
        all.size() == 1 ? Environment.show(numeral.value()) : listed(all),
        (wantsWhole && !isWhole ? "a whole number, " : "") + key.bound().textFor(number));
    return Optional.empty();
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
      case PAIR, SIZES, MARGINS, DECIMALS ->
          value instanceof List<?> values ? values.isEmpty() : !allows(key, value);
      default -> false;
    };
  }

  private static boolean allows(AttributeKey<?> key, Object value) {
    return value instanceof Number number && key.bound().allows(number.doubleValue());
  }

  /** Reports bindings of attributes that do not exist, are written as well, or do not fit. */
  void checkBindings(List<AttributeKey<?>> keys) {
    List<AttributeKey<?>> bindable =
        keys.stream().filter(key -> BINDABLE.contains(key.form())).toList();
    bindable.forEach(key -> bindings.find(key.name()).ifPresent(bound -> check(key, bound)));
    bindings.check(annotation(), bindable.stream().map(AttributeKey::name).toList(), reporter);
  }

  private void check(AttributeKey<?> key, Assigned bound) {
    boolean wantsFlag = key.form() == AttributeKey.Form.FLAG;
    boolean fits =
        bound.values().stream().allMatch(value -> value instanceof Boolean == wantsFlag)
            && !(wantsFlag && bound.values().size() > 1);
    if (!fits) {
      String wanted = wantsFlag ? "true or false" : "numbers";
      reporter.report(Message.A07_BOUND_TYPE, bound.at(), key.name(), annotation(), wanted);
    } else if (isWritten(key.name())) {
      reporter.report(Message.A07_BOUND_AND_WRITTEN, bound.at(), key.name(), annotation());
    }
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
