package dev.detent.runtime.train;

import java.util.List;

/**
 * What is called along a training. {@link Callbacks} has those that most trainings want; one of
 * your own overrides what it needs.
 *
 * <p>A training that resumes from a checkpoint tells its callbacks of the epochs before, too, with
 * {@link TrainingRun#isResuming()}, so that one which counts goes on as if nothing had happened.
 * One that is told apart from another by its settings says them in {@code toString}: a checkpoint
 * belongs to a training with the same callbacks.
 *
 * <p>What a callback throws ends the training.
 */
public interface Callback {

  /** The names under which it {@linkplain TrainingRun#keepWeights keeps} weights. */
  default List<String> keeps() {
    return List.of();
  }

  /**
   * The figures that it reads of each epoch: a training in which one is not measured is refused
   * before it begins.
   */
  default List<Monitor> watches() {
    return List.of();
  }

  /** Before the first epoch, also of a training that resumes. Forgets what was before. */
  default void onTrainBegin(TrainingRun run) {}

  /**
   * After a batch.
   *
   * @param step counted from 0 over all epochs
   * @param running the means of the epoch so far
   */
  default void onBatchEnd(TrainingRun run, long step, Measures running) {}

  /** After an epoch and its validation, before a checkpoint is written. */
  default void onEpochEnd(TrainingRun run, Epoch epoch) {}

  /** After the last epoch, or the one that a callback has stopped after. */
  default void onTrainEnd(TrainingRun run) {}
}
