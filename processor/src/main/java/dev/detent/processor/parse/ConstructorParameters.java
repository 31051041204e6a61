package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * The attributes of a user's annotation that go to the constructor of its quantizers.
 *
 * @param annotation its simple name, empty if there is none
 * @param values in order of declaration
 * @param isComplete whether all of them can be passed on; what cannot has been reported
 * @param purpose what is constructed
 */
record ConstructorParameters(
    String annotation, List<Value> values, boolean isComplete, Purpose purpose) {
  /** Of a quantizer that {@code @QuantizeConfig} names. */
  static final ConstructorParameters NONE = new ConstructorParameters("", List.of(), true);

  /** What the compiler calls the parameters of a class file that does not name them. */
  private static final Pattern UNNAMED = Pattern.compile("arg\\d+");

  ConstructorParameters {
    values = List.copyOf(values);
  }

  /** Of a quantizer. */
  ConstructorParameters(String annotation, List<Value> values, boolean isComplete) {
    this(annotation, values, isComplete, Purpose.QUANTIZER);
  }

  /**
   * What is constructed, and what is said of it.
   *
   * @param apart the attributes that are not passed on
   * @param without there is no constructor without parameters
   * @param unfit no constructor takes the parameters
   * @param ambiguous several do
   * @param names the parameters are called otherwise
   * @param throwing the constructor throws a checked exception
   * @param throwingAlone the one without parameters does
   */
  record Purpose(
      String apart,
      Message without,
      Message unfit,
      Message ambiguous,
      Message names,
      Message throwing,
      Message throwingAlone) {
    static final Purpose QUANTIZER =
        new Purpose(
            "'bits'",
            Message.Q07_WITHOUT_CONSTRUCTOR,
            Message.Q15_QUANTIZER_PARAMETERS,
            Message.Q15_AMBIGUOUS,
            Message.Q15_NAMES,
            Message.Q15_THROWS,
            Message.Q07_THROWS);
    static final Purpose LAYER =
        new Purpose(
            "'from' and 'value'",
            Message.L02_WITHOUT_CONSTRUCTOR,
            Message.L02_CUSTOM_LAYER_PARAMETERS,
            Message.L02_AMBIGUOUS,
            Message.L02_NAMES,
            Message.L02_THROWS,
            Message.L02_THROWS);
  }

  /** An attribute: its name, its type and what it is here. */
  record Value(String name, TypeMirror type, Argument argument) {}

  boolean isEmpty() {
    return values.isEmpty();
  }

  List<Argument> arguments() {
    return values.stream().map(Value::argument).toList();
  }

  /** {@code without parameters}, {@code (double gradientScale)}. */
  String described() {
    return isEmpty() ? "without parameters" : signature();
  }

  private String signature() {
    return values.stream()
        .map(value -> SourceText.of(value.type) + " " + value.name)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Whether one of a class's visible constructors takes them; if none does, it is reported. */
  boolean match(
      TypeElement type,
      List<ExecutableElement> constructors,
      Types types,
      Reporter reporter,
      SourceRef at) {
    List<ExecutableElement> fitting =
        constructors.stream().filter(constructor -> fits(constructor, types)).toList();
    if (fitting.isEmpty()) {
      reportNone(type, constructors, reporter, at);
      return false;
    }
    Optional<ExecutableElement> called =
        fitting.stream()
            .filter(each -> fitting.stream().allMatch(other -> isNearer(each, other, types)))
            .findFirst();
    if (called.isEmpty()) {
      reporter.report(purpose.ambiguous, at, annotation, described(type, fitting));
      return false;
    }
    List<String> wanted = values.stream().map(Value::name).toList();
    Optional<List<String>> names = names(type, called.get(), types);
    if (names.isPresent() && !names.get().equals(wanted)) {
      reportNames(type, names.get(), reporter, at);
      return false;
    }
    Optional<? extends TypeMirror> thrown =
        called.get().getThrownTypes().stream().filter(each -> isChecked(each, types)).findFirst();
    thrown.ifPresent(
        exception ->
            reporter.report(
                isEmpty() ? purpose.throwingAlone : purpose.throwing,
                at,
                type.getSimpleName() + parameters(called.get()),
                SourceText.of(exception)));
    return thrown.isEmpty();
  }

  /** Whether each parameter of a constructor could go to another one, which is then not called. */
  private static boolean isNearer(ExecutableElement one, ExecutableElement other, Types types) {
    for (int i = 0; i < one.getParameters().size(); i++) {
      TypeMirror type = one.getParameters().get(i).asType();
      TypeMirror theirs = other.getParameters().get(i).asType();
      boolean isBoxed = !type.getKind().isPrimitive() && theirs.getKind().isPrimitive();
      if (isBoxed || !types.isAssignable(type, theirs)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isChecked(TypeMirror exception, Types types) {
    for (TypeMirror each = types.erasure(exception);
        types.asElement(each) instanceof TypeElement type;
        each = type.getSuperclass()) {
      String name = type.getQualifiedName().toString();
      if (name.equals("java.lang.RuntimeException") || name.equals("java.lang.Error")) {
        return false;
      }
    }
    return true;
  }

  /** Whether a constructor takes them, by number and types. */
  boolean fits(ExecutableElement constructor, Types types) {
    List<? extends VariableElement> parameters = constructor.getParameters();
    if (parameters.size() != values.size()) {
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      if (!types.isAssignable(values.get(i).type, parameters.get(i).asType())) {
        return false;
      }
    }
    return true;
  }

  /** The names of a constructor's parameters, where they are known. */
  private static Optional<List<String>> names(
      TypeElement type, ExecutableElement constructor, Types types) {
    List<String> names =
        constructor.getParameters().stream().map(each -> each.getSimpleName().toString()).toList();
    if (names.stream().noneMatch(name -> UNNAMED.matcher(name).matches())) {
      return Optional.of(names);
    }
    return type.getKind() == ElementKind.RECORD
        ? ofRecord(type, constructor, types)
        : Optional.empty();
  }

  private static Optional<List<String>> ofRecord(
      TypeElement type, ExecutableElement constructor, Types types) {
    List<RecordComponentElement> components =
        ElementFilter.recordComponentsIn(type.getEnclosedElements());
    if (components.size() != constructor.getParameters().size()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      TypeMirror parameter = constructor.getParameters().get(i).asType();
      if (!types.isSameType(types.erasure(components.get(i).asType()), types.erasure(parameter))) {
        return Optional.empty();
      }
      names.add(components.get(i).getSimpleName().toString());
    }
    return Optional.of(names);
  }

  private void reportNone(
      TypeElement type, List<ExecutableElement> constructors, Reporter reporter, SourceRef at) {
    String has = constructors.isEmpty() ? "no visible one" : described(type, constructors);
    String name = type.getSimpleName().toString();
    if (isEmpty()) {
      reporter.report(purpose.without, at, name, has);
    } else {
      reporter.report(purpose.unfit, at, annotation, name + signature(), name, has, purpose.apart);
    }
  }

  private static String described(TypeElement type, List<ExecutableElement> constructors) {
    return constructors.stream()
        .map(each -> type.getSimpleName() + parameters(each))
        .sorted()
        .collect(Collectors.joining(" and "));
  }

  private void reportNames(TypeElement type, List<String> names, Reporter reporter, SourceRef at) {
    for (int i = 0; i < names.size(); i++) {
      String attribute = values.get(i).name;
      if (!attribute.equals(names.get(i))) {
        reporter.report(
            purpose.names,
            at,
            type.getSimpleName(),
            attribute,
            i + 1,
            names.get(i),
            names.contains(attribute) ? "." : NearMiss.question(attribute, names),
            annotation,
            purpose.apart,
            String.join(", ", names));
        return;
      }
    }
  }

  private static String parameters(ExecutableElement constructor) {
    return constructor.getParameters().stream()
        .map(each -> SourceText.of(each.asType()) + known(each.getSimpleName().toString()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String known(String name) {
    return UNNAMED.matcher(name).matches() ? "" : " " + name;
  }
}
