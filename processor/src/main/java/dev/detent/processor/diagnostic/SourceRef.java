package dev.detent.processor.diagnostic;

import java.util.Objects;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** A place in the user's source, opaque to the passes that carry it. */
public final class SourceRef {
  private final Element element;
  private final @Nullable AnnotationMirror annotation;
  private final @Nullable AnnotationValue value;
  private final @Nullable SourceRef user;

  private SourceRef(
      Element element,
      @Nullable AnnotationMirror annotation,
      @Nullable AnnotationValue value,
      @Nullable SourceRef user) {
    this.element = Objects.requireNonNull(element, "element");
    this.annotation = annotation;
    this.value = value;
    this.user = user;
  }

  /** A class or a field. */
  public static SourceRef of(Element element) {
    return new SourceRef(element, null, null, null);
  }

  /** An annotation on it. */
  public static SourceRef of(Element element, AnnotationMirror annotation) {
    return new SourceRef(element, annotation, null, null);
  }

  /** What an attribute of an annotation says, or one of several values that it lists. */
  public static SourceRef of(Element element, AnnotationMirror annotation, AnnotationValue value) {
    return new SourceRef(element, annotation, value, null);
  }

  /**
   * The same place in a block that a field uses. A place that is known to be in a block stays as it
   * is, and so does the field.
   */
  public SourceRef usedBy(SourceRef field) {
    boolean isOutside = user == null && !element.equals(field.element);
    return isOutside ? new SourceRef(element, annotation, value, field) : this;
  }

  /** The field that uses the block that this is in; null if it is in none. */
  @Nullable SourceRef user() {
    return user;
  }

  Element element() {
    return element;
  }

  @Nullable AnnotationMirror annotation() {
    return annotation;
  }

  @Nullable AnnotationValue value() {
    return value;
  }
}
