package dev.detent.processor.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** Collects the findings about one model. */
public final class Reporter {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int errors;

  /** Reports a finding. */
  public void report(DiagnosticId id, SourceRef at, String message) {
    diagnostics.add(new Diagnostic(id, at, message));
    if (id.severity() == Severity.ERROR) {
      errors++;
    }
  }

  /** How many findings forbid to go on. */
  public int errors() {
    return errors;
  }

  /** All findings, in the order of their discovery. */
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }
}
