package dev.detent.runtime.weights;

/** Weights cannot be read, do not fit, or cannot be written; the message says what to do. */
public final class WeightException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public WeightException(String message) {
    super(message);
  }

  /** With a message and what caused it. */
  public WeightException(String message, Throwable cause) {
    super(message, cause);
  }
}
