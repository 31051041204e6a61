package dev.detent.runtime.weights;

import dev.detent.runtime.exception.DetentException;

/**
 * Weights cannot be read, do not fit the model, or cannot be written, in a file of Detent's own or
 * of another tool. The message names the file, and says what to do.
 */
public final class WeightException extends DetentException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the user. */
  public WeightException(String message) {
    super(message);
  }

  /** With the whole message for the user, and what led to it. */
  public WeightException(String message, Throwable cause) {
    super(message, cause);
  }
}
