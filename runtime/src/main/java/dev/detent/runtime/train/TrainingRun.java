package dev.detent.runtime.train;

import java.nio.file.Path;
import java.util.Map;

/** A training that is under way, as its {@linkplain Callback callbacks} see and steer it. */
public interface TrainingRun {

  /** How many epochs there will be, if nothing stops it. */
  int epochs();

  /** Whether this is quantization-aware fine-tuning. */
  boolean isQuantized();

  /** Whether the epochs told of are from before a resumption; then weights cannot be touched. */
  boolean isResuming();

  /** The epochs so far. */
  History history();

  /** Has the training end after this epoch; in the middle of one, after this batch. */
  void stop(String reason);

  /** The factor on the learning rate beside the schedule's; 1 at first. */
  double learningRateFactor();

  /**
   * Sets the factor on the learning rate beside the schedule's.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  void learningRateFactor(double factor);

  /** All that the model has learned now, by name: weights, statistics and ranges. Copies. */
  Map<String, float[]> weights();

  /**
   * Keeps a copy of all that the model has learned; an earlier one of that name is replaced. It is
   * part of checkpoints.
   */
  void keepWeights(String name);

  /**
   * Takes back what {@link #keepWeights} has kept.
   *
   * @throws IllegalStateException if there is none of that name
   */
  void restoreWeights(String name);

  /** Writes the model as it is now, as {@link dev.detent.runtime.DetentModel#save} does. */
  void save(Path file);

  /** Prints a line where progress is shown. */
  void say(String line);
}
