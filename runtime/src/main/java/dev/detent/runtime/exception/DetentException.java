package dev.detent.runtime.exception;

/**
 * Something outside of the program is wrong: data, a file, a disk, or what a model made of them.
 * The message is whole: it says what is wrong, where, and what to do, and may be printed as it is.
 *
 * <p>What a caller can tell apart has a class of its own:
 *
 * <ul>
 *   <li>{@link dev.detent.runtime.data.DataException}: data cannot be read, or do not fit together;
 *   <li>{@link dev.detent.runtime.train.TrainingException}: a training, a calibration or an
 *       evaluation cannot begin or go on;
 *   <li>{@link dev.detent.runtime.weights.WeightException}: weights cannot be read, do not fit, or
 *       cannot be written;
 *   <li>{@link dev.detent.runtime.tflite.TfliteException}: a model cannot be exported, or a {@code
 *       .tflite} file cannot be read or run.
 * </ul>
 *
 * <p>It is thrown itself where a report cannot be read or written, and where a native library is
 * missing. A call that a program must not make at all, or not now, is told by {@link
 * IllegalArgumentException} and {@link IllegalStateException}.
 */
public class DetentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the user. */
  public DetentException(String message) {
    super(message);
  }

  /** With the whole message for the user, and what led to it. */
  public DetentException(String message, Throwable cause) {
    super(message, cause);
  }
}
