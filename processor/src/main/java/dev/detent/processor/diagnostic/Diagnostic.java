package dev.detent.processor.diagnostic;

import java.util.Objects;

/**
 * One finding.
 *
 * @param message which kind
 * @param at where
 * @param text what is wrong, how it got there, and the remedy
 */
public record Diagnostic(Message message, SourceRef at, String text) {
  /** Checks that nothing is missing. */
  public Diagnostic {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(text, "text");
  }

  /** What the user reads: the code in brackets, then the text. */
  String printed() {
    return "[Detent-" + message.code() + "] " + text;
  }
}
