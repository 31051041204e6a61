package dev.detent.processor.diagnostic;

/**
 * One finding.
 *
 * @param message which kind
 * @param at where
 * @param text what is wrong, how it got there, and the remedy
 */
public record Diagnostic(Message message, SourceRef at, String text) {
  /** What the user reads: the code in brackets, then the text. */
  String printed() {
    return "[Detent-" + message.code() + "] " + text;
  }
}
