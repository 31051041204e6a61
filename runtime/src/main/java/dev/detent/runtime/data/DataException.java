package dev.detent.runtime.data;

/**
 * Says that data cannot be read or does not fit: a missing, truncated or corrupt file, sizes that
 * differ, an empty data set. The message names the file or the example.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception without a cause.
   *
   * @param message what is wrong and where
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * An exception with its cause.
   *
   * @param message what is wrong and where
   * @param cause what was thrown underneath
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
