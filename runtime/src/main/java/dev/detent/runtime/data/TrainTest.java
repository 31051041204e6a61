package dev.detent.runtime.data;

import java.util.Objects;

/**
 * A data set to train on and one to test with.
 *
 * @param train what to train on
 * @param test what to test with, none of it in {@code train}
 */
public record TrainTest(Dataset train, Dataset test) implements ExampleSet.Parts<Dataset> {

  /** Ties the two together. */
  public TrainTest {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(test, "test");
  }

  /**
   * Both with {@code value = element * scale} for their features; see {@link
   * Features#scaled(float)}.
   */
  public TrainTest scaled(float scale) {
    return new TrainTest(train.scaled(scale), test.scaled(scale));
  }
}
