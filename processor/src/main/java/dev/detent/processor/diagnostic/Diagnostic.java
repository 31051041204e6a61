package dev.detent.processor.diagnostic;

import java.util.Objects;

/**
 * One finding.
 *
 * @param id which kind
 * @param at where
 * @param message what is wrong, how it got there, and the remedy
 */
public record Diagnostic(DiagnosticId id, SourceRef at, String message) {
  /** Checks that nothing is missing. */
  public Diagnostic {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(message, "message");
  }

  /** What the user reads: the id in brackets, then the message. */
  public String text() {
    return "[Detent-" + id.code() + "] " + message;
  }
}
