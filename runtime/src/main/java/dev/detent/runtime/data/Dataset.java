package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Examples for a model with one input and one output.
 *
 * @param features what the model reads
 * @param labels what it is to answer
 */
public record Dataset(Features features, Targets labels) implements Examples {

  /**
   * Ties features and labels together.
   *
   * @param features what the model reads
   * @param labels what it is to answer, of as many examples
   * @throws DataException if there are not as many of one as of the other
   */
  public Dataset {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(labels, "labels");
    if (features.size() != labels.size()) {
      throw new DataException(
          "there are " + features.size() + " examples, but labels for " + labels.size());
    }
  }

  @Override
  public int size() {
    return features.size();
  }

  @Override
  public List<Features> inputs() {
    return List.of(features);
  }

  @Override
  public List<Targets> targets() {
    return List.of(labels);
  }

  /**
   * Returns this data set with {@code value = element * scale} for its features; see {@link
   * Features#scaled(float)}.
   *
   * @param scale the factor, finite; {@code 1f / 255} takes bytes to the range 0 to 1
   * @return a view of this data set
   */
  public Dataset scaled(float scale) {
    return scaled(scale, 0);
  }

  /**
   * Returns this data set with {@code value = element * scale + offset} for its features; see
   * {@link Features#scaled(float, float)}.
   *
   * @param scale the factor, finite
   * @param offset what is added, finite
   * @return a view of this data set
   */
  public Dataset scaled(float scale, float offset) {
    return new Dataset(features.scaled(scale, offset), labels);
  }

  /**
   * Returns some of the examples.
   *
   * @param indices the examples, in the order wanted; they may repeat
   * @return a view of this data set
   * @throws IndexOutOfBoundsException if one of the indices is not below {@link #size()}
   */
  public Dataset subset(int... indices) {
    return new Dataset(features.subset(indices), labels.subset(indices));
  }

  /**
   * Returns the first examples. Data from {@link ImageFolder} has its classes in turn, so that this
   * takes as many of each; of data that is sorted by class take a {@link #sample} instead.
   *
   * @param count how many, 0 to {@link #size()}
   * @return a view of this data set
   */
  public Dataset take(int count) {
    return subset(Checks.firstIndices(Checks.take(count, size())));
  }

  /**
   * Returns examples drawn at random, none of them twice.
   *
   * @param count how many, 0 to {@link #size()}
   * @param seed what decides which; the same seed draws the same
   * @return a view of this data set, in the order in which they were drawn
   */
  public Dataset sample(int count, long seed) {
    Checks.take(count, size());
    return subset(Arrays.copyOf(Shuffle.permutation(size(), seed, 0), count));
  }

  /**
   * Splits the examples at random into a part to train on and a part to test with.
   *
   * @param fraction the share of examples to train on, above 0 and below 1
   * @param seed what decides which; the same seed splits in the same way
   * @return the two parts, neither of them empty
   * @throws DataException if there are too few examples for two parts
   */
  public TrainTest split(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the share to train on is " + fraction + "; above 0 and below 1");
    }
    int count = (int) Math.round(fraction * size());
    if (count < 1 || count >= size()) {
      throw new DataException(
          "a share of "
              + fraction
              + " of "
              + size()
              + " examples leaves nothing for one of the two parts");
    }
    int[] order = Shuffle.permutation(size(), seed, 0);
    int[] train = Arrays.copyOf(order, count);
    int[] test = Arrays.copyOfRange(order, count, order.length);
    Arrays.sort(train);
    Arrays.sort(test);
    return new TrainTest(subset(train), subset(test));
  }

  @Override
  public String toString() {
    return features + " -> " + labels;
  }
}
