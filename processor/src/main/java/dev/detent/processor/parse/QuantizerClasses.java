package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.QuantizerUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Checks that a class which an attribute names can be a quantizer of what it is named for. */
record QuantizerClasses(Symbols symbols, Reporter reporter) {
  private static final String PACKAGE = "dev.detent.runtime.quantizer";

  /** What a class is named for, and what it must implement for that. */
  enum Role {
    WEIGHTS(
        "WeightQuantizer",
        "weights",
        "weights",
        ", or use one of Detent's own, such as MaxAbs or LearnedStep"),
    ACTIVATIONS(
        "ActivationQuantizer",
        "activations",
        "activations",
        ", or use one of Detent's own, such as MovingAverage or LearnedStep"),
    LAYER("LayerQuantizer", "layer", "whole layers", "");

    private final String type;
    private final String attribute;
    private final String what;
    private final String examples;

    Role(String type, String attribute, String what, String examples) {
      this.type = type;
      this.attribute = attribute;
      this.what = what;
      this.examples = examples;
    }
  }

  /** Whether a class stands for leaving a tensor float. */
  static boolean isNone(TypeMirror type) {
    return Symbols.isNamed(type, PACKAGE + ".None");
  }

  /** Whether a visible constructor of a class takes some parameters. */
  boolean takes(TypeMirror type, ConstructorParameters parameters) {
    return Symbols.classOf(type).stream()
        .flatMap(each -> constructors(each).stream())
        .anyMatch(constructor -> parameters.fits(constructor, symbols.types()));
  }

  /** The constructors that the model may call. */
  List<ExecutableElement> constructors(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(constructor -> !symbols.hidesMember(constructor))
        .toList();
  }

  /** The quantizer; empty if the class cannot be one, which is then reported. */
  Optional<QuantizerUse> use(
      TypeMirror type, Role role, ConstructorParameters parameters, SourceRef at) {
    Optional<TypeElement> found = Symbols.classOf(type);
    Optional<String> reason = found.map(this::unfit).orElse(Optional.of("is not a class"));
    if (reason.isPresent()) {
      reporter.report(
          Message.Q07_QUANTIZER_CLASS,
          at,
          found.map(Element::getSimpleName).map(String::valueOf).orElse(SourceText.of(type)),
          reason.get(),
          role.type,
          parameters.described(),
          symbols.viewer().getSimpleName());
      return Optional.empty();
    }
    TypeElement element = found.get();
    if (!implementsType(element, role)) {
      reportRole(element, role, at);
      return Optional.empty();
    }
    return parameters.isComplete()
            && parameters.match(element, constructors(element), symbols.types(), reporter, at)
        ? Optional.of(QuantizerUse.of(symbols.nameOf(element), parameters.arguments()))
        : Optional.empty();
  }

  /** Why the model cannot make objects of a class; empty if it can. */
  Optional<String> unfit(TypeElement type) {
    if (type.getKind() != ElementKind.CLASS && type.getKind() != ElementKind.RECORD) {
      return Optional.of("is not a class");
    }
    if (type.getModifiers().contains(Modifier.ABSTRACT)) {
      return Optional.of("is abstract");
    }
    if (symbols.hides(type)) {
      return Optional.of("is not visible");
    }
    for (Element each = type;
        each instanceof TypeElement nested;
        each = each.getEnclosingElement()) {
      if (nested.getNestingKind() == NestingKind.MEMBER
          && !nested.getModifiers().contains(Modifier.STATIC)) {
        return Optional.of("is an inner class");
      }
    }
    return Optional.empty();
  }

  private void reportRole(TypeElement type, Role role, SourceRef at) {
    Optional<Role> other =
        Set.of(Role.values()).stream()
            .filter(each -> each != role && implementsType(type, each))
            .sorted()
            .findFirst();
    if (other.isPresent()) {
      reporter.report(
          Message.Q16_QUANTIZER_ROLE,
          at,
          type.getSimpleName(),
          role.what,
          other.get().what,
          other.get().attribute,
          role.type,
          role.examples);
    } else {
      reporter.report(
          Message.Q16_NO_ROLE, at, type.getSimpleName(), role.what, role.type, role.examples);
    }
  }

  private boolean implementsType(TypeElement type, Role role) {
    return symbols.isSubtype(type, PACKAGE + "." + role.type);
  }
}
