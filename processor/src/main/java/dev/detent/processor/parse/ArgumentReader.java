package dev.detent.processor.parse;

import dev.detent.processor.model.Argument;
import dev.detent.processor.model.ClassRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;

/** Reads the value of an attribute that is to be passed on to a constructor. */
record ArgumentReader(Symbols symbols) {

  /** The value; empty if it is an annotation, which cannot be passed on. */
  Optional<Argument> read(AnnotationValue value, TypeMirror type) {
    Object content = value.getValue();
    if (content instanceof VariableElement constant) {
      return Optional.of(
          new Argument.EnumConstant(
              symbols.nameOf((TypeElement) Objects.requireNonNull(constant.getEnclosingElement())),
              constant.getSimpleName().toString()));
    }
    if (content instanceof TypeMirror named) {
      return Optional.of(new Argument.ClassLiteral(type(named)));
    }
    if (content instanceof List<?> several) {
      return array(several, ((ArrayType) type).getComponentType());
    }
    return content instanceof AnnotationMirror
        ? Optional.empty()
        : Optional.of(new Argument.Constant(content));
  }

  private Optional<Argument> array(List<?> several, TypeMirror component) {
    List<Argument> values = new ArrayList<>();
    for (Object each : several) {
      Optional<Argument> read = read((AnnotationValue) each, component);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      values.add(read.get());
    }
    return Optional.of(new Argument.Array(type(component), values));
  }

  private Argument.Type type(TypeMirror type) {
    if (type instanceof ArrayType array) {
      Argument.Type component = type(array.getComponentType());
      return new Argument.Type(component.base(), component.dimensions() + 1);
    }
    return new Argument.Type(
        Symbols.classOf(type).map(symbols::nameOf).orElseGet(() -> primitive(type).base()), 0);
  }

  /** A primitive type, or {@code void}. */
  static Argument.Type primitive(TypeMirror type) {
    String name = type.getKind().name().toLowerCase(Locale.ROOT);
    return new Argument.Type(new ClassRef("", List.of(name)), 0);
  }

  /** A type in the value, or that of the attribute, which the caller does not see. */
  Optional<TypeElement> hidden(AnnotationValue value, TypeMirror type) {
    Object content = value.getValue();
    Optional<TypeElement> inside =
        content instanceof TypeMirror named
            ? hidden(named)
            : content instanceof List<?> several
                ? several.stream()
                    .flatMap(
                        each ->
                            hidden((AnnotationValue) each, ((ArrayType) type).getComponentType())
                                .stream())
                    .findFirst()
                : Optional.empty();
    return inside.or(() -> hidden(type));
  }

  private Optional<TypeElement> hidden(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return hidden(array.getComponentType());
    }
    return Symbols.classOf(type).filter(symbols::hides);
  }
}
