package dev.detent.processor.parse;

import dev.detent.annotations.Model;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The annotations of the vocabulary that an element has, by simple name, in source order. */
final class Annotations {
  private static final String PACKAGE = Model.class.getPackageName() + ".";

  private final Map<String, AnnotationMirror> bySimpleName = new LinkedHashMap<>();

  Annotations(Element element) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      String name = qualifiedName(mirror);
      if (name.startsWith(PACKAGE)) {
        bySimpleName.put(name.substring(PACKAGE.length()), mirror);
      }
    }
  }

  static TypeElement type(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  /** The simple name. */
  static String name(AnnotationMirror mirror) {
    return type(mirror).getSimpleName().toString();
  }

  static String qualifiedName(AnnotationMirror mirror) {
    return type(mirror).getQualifiedName().toString();
  }

  /** The attributes that an annotation has, written or not. */
  static List<ExecutableElement> attributes(TypeElement annotation) {
    return ElementFilter.methodsIn(annotation.getEnclosedElements());
  }

  /** Their names. */
  static Set<String> attributeNames(AnnotationMirror mirror) {
    return attributes(type(mirror)).stream()
        .map(attribute -> attribute.getSimpleName().toString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  Optional<AnnotationMirror> find(Class<?> annotation) {
    return Optional.ofNullable(bySimpleName.get(annotation.getSimpleName()));
  }

  boolean has(Class<?> annotation) {
    return bySimpleName.containsKey(annotation.getSimpleName());
  }

  Map<String, AnnotationMirror> all() {
    return bySimpleName;
  }
}
