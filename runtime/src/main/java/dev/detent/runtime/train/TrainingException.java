package dev.detent.runtime.train;

/** A training cannot go on; the message says why and what to do. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public TrainingException(String message) {
    super(message);
  }

  /** With a message and what caused it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
