package dev.detent.processor.diagnostic;

import java.util.Objects;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** A place in the user's source, opaque to the passes that carry it. */
public final class SourceRef {
  private final Element element;
  private final AnnotationMirror annotation;
  private final AnnotationValue value;

  private SourceRef(Element element, AnnotationMirror annotation, AnnotationValue value) {
    this.element = Objects.requireNonNull(element, "element");
    this.annotation = annotation;
    this.value = value;
  }

  /** A class or a field. */
  public static SourceRef of(Element element) {
    return new SourceRef(element, null, null);
  }

  /** An annotation on it. */
  public static SourceRef of(Element element, AnnotationMirror annotation) {
    return new SourceRef(element, annotation, null);
  }

  /** What an attribute of an annotation says, or one of several values that it lists. */
  public static SourceRef of(Element element, AnnotationMirror annotation, AnnotationValue value) {
    return new SourceRef(element, annotation, value);
  }

  Element element() {
    return element;
  }

  AnnotationMirror annotation() {
    return annotation;
  }

  AnnotationValue value() {
    return value;
  }
}
