package dev.detent.runtime.tflite;

import dev.detent.runtime.exception.DetentException;

/**
 * A model cannot be exported, or a {@code .tflite} file cannot be read, run or verified: it is
 * missing, damaged, of another model, or has what TensorFlow Lite refuses. The message names the
 * file, and has TFLite's own words where there are any.
 */
public final class TfliteException extends DetentException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the user. */
  public TfliteException(String message) {
    super(message);
  }

  /** With the whole message for the user, and what led to it. */
  public TfliteException(String message, Throwable cause) {
    super(message, cause);
  }
}
