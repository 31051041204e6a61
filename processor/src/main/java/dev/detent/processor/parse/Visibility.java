package dev.detent.processor.parse;

import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * What generated code can name.
 *
 * @param elements looks packages up
 * @param viewer a class in whose package the code is
 */
record Visibility(Elements elements, TypeElement viewer) {

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
