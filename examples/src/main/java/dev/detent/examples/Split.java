package dev.detent.examples;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.TrainTest;

/**
 * A data set in three: what is trained on, what is looked at while training, and what the result is
 * measured on, once, at the end.
 *
 * @param train what is trained on
 * @param validation measured after every epoch
 * @param test measured at the end
 */
record Split(Dataset train, Dataset validation, Dataset test) {
  /** The share of the training examples that validation does not take. */
  static final double TRAIN_SHARE = 0.9;

  /**
   * Takes the validation examples out of the training examples, at random.
   *
   * @param seed what decides which
   */
  static Split of(TrainTest data, long seed) {
    TrainTest parts = data.train().split(TRAIN_SHARE, seed);
    return new Split(parts.train(), parts.test(), data.test());
  }

  /**
   * This split with {@code value = element * scale + offset} for its features.
   *
   * @see Dataset#scaled(float, float)
   */
  Split scaled(float scale, float offset) {
    return new Split(
        train.scaled(scale, offset), validation.scaled(scale, offset), test.scaled(scale, offset));
  }
}
