package dev.detent.runtime.weights;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Weights cannot be read, do not fit, or cannot be written; the message says what to do. */
public final class WeightException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public WeightException(String message) {
    super(message, new IOException(message));
  }

  /** With a message and what caused it. */
  public WeightException(String message, Throwable cause) {
    super(message, cause instanceof IOException io ? io : new IOException(message, cause));
  }
}
