package dev.detent.runtime.tflite;

/** A model cannot be exported, or a file cannot be read or run; the message says why. */
public class TfliteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the user. */
  public TfliteException(String message) {
    super(message);
  }

  /** With the whole message for the user and what led to it. */
  public TfliteException(String message, Throwable cause) {
    super(message, cause);
  }
}
