package dev.detent.runtime.train;

import dev.detent.runtime.exception.DetentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training, a calibration or an evaluation cannot begin or go on: examples that do not fit the
 * model, values or a loss that are no numbers, a checkpoint that is damaged, of another training,
 * or cannot be written. The message says why and what to do.
 */
public final class TrainingException extends DetentException {
  private static final long serialVersionUID = 1L;

  private transient @Nullable History history;

  /** With the whole message for the user. */
  public TrainingException(String message) {
    super(message);
  }

  /** With the whole message for the user, and what led to it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, with what was trained before. */
  TrainingException after(History before) {
    history = before;
    return this;
  }

  /** The whole epochs before a training failed; empty if it was none that failed. */
  public Optional<History> history() {
    return Optional.ofNullable(history);
  }
}
