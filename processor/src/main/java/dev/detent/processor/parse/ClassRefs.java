package dev.detent.processor.parse;

import dev.detent.processor.model.ClassRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Names of classes. */
final class ClassRefs {
  private ClassRefs() {}

  static ClassRef of(Elements elements, TypeElement type) {
    List<String> simpleNames = new ArrayList<>();
    for (Element each = type; each instanceof TypeElement; each = each.getEnclosingElement()) {
      simpleNames.add(each.getSimpleName().toString());
    }
    Collections.reverse(simpleNames);
    return new ClassRef(elements.getPackageOf(type).getQualifiedName().toString(), simpleNames);
  }
}
