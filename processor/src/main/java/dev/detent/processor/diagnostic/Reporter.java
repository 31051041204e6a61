package dev.detent.processor.diagnostic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Collects the findings about one model. */
public final class Reporter {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Said> said = new HashSet<>();
  private final Set<Kind> once = new HashSet<>();
  private final @Nullable Reporter parent;
  private final @Nullable SourceRef user;
  private int errors;

  /** What is wrong in a block or a model is so in every use and variant of it, and is said once. */
  private record Said(
      String text,
      Element element,
      @Nullable AnnotationMirror annotation,
      @Nullable AnnotationValue value) {}

  /** What is wrong with all layers of a model is said of the first. */
  private record Kind(String code, SourceRef at) {}

  /** Empty. */
  public Reporter() {
    this(null, null);
  }

  private Reporter(@Nullable Reporter parent, @Nullable SourceRef user) {
    this.parent = parent;
    this.user = user;
  }

  /** Hands on to this one what is found in a block that a field uses. */
  public Reporter within(SourceRef field) {
    return new Reporter(this, field);
  }

  /** Reports a finding, with a value for each parameter of its text. */
  public void report(Message message, SourceRef at, Object... values) {
    add(new Diagnostic(message, at, message.text(values)));
  }

  /** Reports a finding, unless one with its code has been reported so at this place. */
  public void reportOnce(Message message, SourceRef at, Object... values) {
    if (once.add(new Kind(message.code(), at))) {
      report(message, at, values);
    }
  }

  /** Reports a finding of another reporter. */
  public void add(Diagnostic found) {
    SourceRef at = found.at();
    if (parent != null && user != null) {
      parent.add(new Diagnostic(found.message(), at.usedBy(user), found.text()));
      return;
    }
    if (said.add(new Said(found.printed(), at.element(), at.annotation(), at.value()))) {
      diagnostics.add(found);
    }
    if (found.message().severity() == Severity.ERROR) {
      errors++;
    }
  }

  /** How many findings forbid to go on. */
  public int errors() {
    return parent == null ? errors : parent.errors();
  }

  /** All findings, in the order of their discovery. */
  public List<Diagnostic> diagnostics() {
    return parent == null ? List.copyOf(diagnostics) : parent.diagnostics();
  }
}
