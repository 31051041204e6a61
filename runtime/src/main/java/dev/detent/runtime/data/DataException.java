package dev.detent.runtime.data;

import dev.detent.runtime.exception.DetentException;

/**
 * Data cannot be read or do not fit: a missing, truncated or corrupt file, sizes that differ, an
 * empty data set. The message names the file or the example.
 */
public final class DataException extends DetentException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the user. */
  public DataException(String message) {
    super(message);
  }

  /** With the whole message for the user, and what led to it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
