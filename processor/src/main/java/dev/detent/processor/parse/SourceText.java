package dev.detent.processor.parse;

import dev.detent.processor.model.Literal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/**
 * How annotations and types read in a source, without their packages. What the compiler's own
 * objects say of themselves differs from one compiler to the next.
 */
final class SourceText {
  private SourceText() {}

  /** {@code @QuantizeConfig(weights=@Weights(bits=4))}, fit for a comment. */
  static String of(AnnotationMirror annotation) {
    Map<? extends ExecutableElement, ? extends AnnotationValue> written =
        annotation.getElementValues();
    String attributes =
        written.entrySet().stream()
            .map(
                each -> {
                  String name = each.getKey().getSimpleName().toString();
                  String value = of(each.getValue());
                  return name.equals("value") && written.size() == 1 ? value : name + "=" + value;
                })
            .collect(Collectors.joining(", "));
    return "@"
        + name(Annotations.type(annotation))
        + (attributes.isEmpty() ? "" : "(" + attributes + ")");
  }

  private static String of(AnnotationValue value) {
    Object content = value.getValue();
    if (content instanceof AnnotationMirror nested) {
      return of(nested);
    }
    if (content instanceof TypeMirror type) {
      return of(type) + ".class";
    }
    if (content instanceof VariableElement constant) {
      return constant.getSimpleName().toString();
    }
    if (content instanceof List<?> several) {
      String values =
          several.stream()
              .map(each -> of((AnnotationValue) each))
              .collect(Collectors.joining(", "));
      return several.size() == 1 ? values : "{" + values + "}";
    }
    return content instanceof String ? inComment(Literal.of(content)) : Literal.of(content);
  }

  /** A literal that neither ends a comment nor upsets the braces of a tag in it. */
  private static String inComment(String literal) {
    String safe = literal.replace("*/", "*\\57");
    int open = 0;
    for (char each : safe.toCharArray()) {
      open += each == '{' ? 1 : each == '}' ? -1 : 0;
      if (open < 0) {
        break;
      }
    }
    return open == 0 ? safe : safe.replace("{", "\\173").replace("}", "\\175");
  }

  /** {@code Map.Entry<String, int[]>}. */
  static String of(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return of(array.getComponentType()) + "[]";
    }
    if (type instanceof DeclaredType declared) {
      String arguments =
          declared.getTypeArguments().stream()
              .map(SourceText::of)
              .collect(Collectors.joining(", "));
      return name(declared.asElement()) + (arguments.isEmpty() ? "" : "<" + arguments + ">");
    }
    if (type instanceof WildcardType wildcard) {
      return "?"
          + (wildcard.getExtendsBound() == null ? "" : " extends " + of(wildcard.getExtendsBound()))
          + (wildcard.getSuperBound() == null ? "" : " super " + of(wildcard.getSuperBound()));
    }
    return type instanceof PrimitiveType
        ? type.getKind().name().toLowerCase(Locale.ROOT)
        : type.toString(); // the name of a type variable
  }

  /** {@code Outer.Inner}. */
  private static String name(Element type) {
    String name = type.getSimpleName().toString();
    return type.getEnclosingElement() instanceof TypeElement outer
        ? name(outer) + "." + name
        : name;
  }
}
