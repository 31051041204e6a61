package dev.detent.inference;

/** A file is no TFLite model, is damaged, or has what this engine does not compute. */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelFormatException(String message) {
    super(message);
  }

  ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
