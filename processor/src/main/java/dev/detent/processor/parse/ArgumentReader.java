package dev.detent.processor.parse;

import dev.detent.processor.model.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the value of an attribute that is to be passed on. */
final class ArgumentReader {
  private final Elements elements;
  private final Types types;

  ArgumentReader(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** The value; empty if it is an annotation, or a type that has no class. */
  Optional<Argument> read(AnnotationValue value, TypeMirror type) {
    Object content = value.getValue();
    if (content instanceof VariableElement constant) {
      return Optional.of(
          new Argument.EnumConstant(
              ClassRefs.of(elements, (TypeElement) constant.getEnclosingElement()),
              constant.getSimpleName().toString()));
    }
    if (content instanceof DeclaredType named) {
      return Optional.of(
          new Argument.ClassLiteral(ClassRefs.of(elements, (TypeElement) named.asElement())));
    }
    if (content instanceof List<?> several) {
      return array(several, ((ArrayType) type).getComponentType());
    }
    boolean isConstant =
        content instanceof Number
            || content instanceof Boolean
            || content instanceof Character
            || content instanceof String;
    return isConstant ? Optional.of(new Argument.Constant(content)) : Optional.empty();
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
    return Optional.of(new Argument.Array(types.erasure(component).toString(), values));
  }
}
