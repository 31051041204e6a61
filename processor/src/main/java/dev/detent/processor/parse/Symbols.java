package dev.detent.processor.parse;

import dev.detent.processor.model.ClassRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Classes as the compiler knows them, and what of them generated code can name.
 *
 * @param elements looks classes and packages up
 * @param types compares types
 * @param viewer a class in whose package generated code is
 */
record Symbols(Elements elements, Types types, TypeElement viewer) {

  /** The class of a type; empty if it is an array or a primitive type. */
  static Optional<TypeElement> classOf(TypeMirror type) {
    return type instanceof DeclaredType declared
        ? Optional.of((TypeElement) declared.asElement())
        : Optional.empty();
  }

  /** Whether a type is a class of that name. */
  static boolean isNamed(TypeMirror type, String name) {
    return classOf(type).filter(each -> each.getQualifiedName().contentEquals(name)).isPresent();
  }

  static ClassRef nameOf(TypeElement type, Elements elements) {
    List<String> simpleNames = new ArrayList<>();
    for (Element each = type; each instanceof TypeElement; each = each.getEnclosingElement()) {
      simpleNames.add(each.getSimpleName().toString());
    }
    Collections.reverse(simpleNames);
    return new ClassRef(elements.getPackageOf(type).getQualifiedName().toString(), simpleNames);
  }

  ClassRef nameOf(TypeElement type) {
    return nameOf(type, elements);
  }

  /** Whether a class is of a type of the runtime; true if the runtime is not there to tell. */
  boolean isSubtype(TypeElement type, String name) {
    TypeElement wanted = elements.getTypeElement(name);
    return wanted == null
        || types.isSubtype(types.erasure(type.asType()), types.erasure(wanted.asType()));
  }

  /** Whether a class cannot be named, because it or one around it is hidden. */
  boolean hides(TypeElement type) {
    return hidesMember(type)
        || (type.getEnclosingElement() instanceof TypeElement outer && hides(outer));
  }

  /** Whether a member of a class that can be named cannot be. */
  boolean hidesMember(Element member) {
    Set<Modifier> modifiers = member.getModifiers();
    return modifiers.contains(Modifier.PRIVATE)
        || (!modifiers.contains(Modifier.PUBLIC)
            && !elements.getPackageOf(member).equals(elements.getPackageOf(viewer)));
  }
}
