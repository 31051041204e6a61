package dev.detent.processor.diagnostic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Collects the findings about one model. */
public final class Reporter {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Said> said = new HashSet<>();
  private final Reporter parent;
  private final SourceRef user;
  private int errors;

  /** What is wrong in a block or a model is so in every use and variant of it, and is said once. */
  private record Said(
      DiagnosticId id,
      Element element,
      AnnotationMirror annotation,
      AnnotationValue value,
      String message) {}

  /** Empty. */
  public Reporter() {
    this(null, null);
  }

  private Reporter(Reporter parent, SourceRef user) {
    this.parent = parent;
    this.user = user;
  }

  /** Hands on to this one what is found in a block that a field uses. */
  public Reporter within(SourceRef field) {
    return new Reporter(this, field);
  }

  /** Reports a finding. */
  public void report(DiagnosticId id, SourceRef at, String message) {
    if (parent != null) {
      parent.report(id, at.usedBy(user), message);
      return;
    }
    if (said.add(new Said(id, at.element(), at.annotation(), at.value(), message))) {
      diagnostics.add(new Diagnostic(id, at, message));
    }
    if (id.severity() == Severity.ERROR) {
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
