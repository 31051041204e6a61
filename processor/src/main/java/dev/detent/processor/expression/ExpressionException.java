package dev.detent.processor.expression;

/** What is wrong with an expression, in words for the user. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1;

  /** One finding, as the end of a sentence without the full stop. */
  public ExpressionException(String message) {
    super(message);
  }
}
