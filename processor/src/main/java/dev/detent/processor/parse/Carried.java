package dev.detent.processor.parse;

import dev.detent.annotations.Model;
import java.lang.annotation.Annotation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/**
 * An annotation of the vocabulary that an element has: written on it, or on an annotation of the
 * user's own, however deep, which then stands for it.
 *
 * @param element the element
 * @param written the annotation on the element itself
 * @param carrier the annotation whose type has the one looked for; that one itself, if it is direct
 * @param mirror the annotation that was looked for
 */
record Carried(
    Element element, AnnotationMirror written, AnnotationMirror carrier, AnnotationMirror mirror) {

  /** Looks for an annotation; what is found first is nearest. */
  static Optional<Carried> find(Element element, Class<? extends Annotation> wanted) {
    return element.getAnnotationMirrors().stream()
        .flatMap(mirror -> in(element, mirror, wanted).stream())
        .findFirst();
  }

  /** Looks for an annotation in one of those that an element has. */
  static Optional<Carried> in(
      Element element, AnnotationMirror written, Class<? extends Annotation> wanted) {
    record Step(AnnotationMirror carrier, AnnotationMirror mirror) {}
    Deque<Step> open = new ArrayDeque<>(List.of(new Step(written, written)));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Step next = open.remove();
      String name = Annotations.qualifiedName(next.mirror);
      if (name.equals(wanted.getName())) {
        return Optional.of(new Carried(element, written, next.carrier, next.mirror));
      }
      if (seen.add(name) && !isLibrary(name)) {
        for (AnnotationMirror each : Annotations.type(next.mirror).getAnnotationMirrors()) {
          open.add(new Step(next.mirror, each));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the user wrote the annotation itself. */
  boolean isDirect() {
    return written == mirror;
  }

  private static boolean isLibrary(String annotation) {
    return annotation.startsWith("java.")
        || annotation.startsWith(Model.class.getPackageName() + ".");
  }
}
