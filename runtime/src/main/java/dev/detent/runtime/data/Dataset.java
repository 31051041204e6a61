package dev.detent.runtime.data;

import java.util.List;
import java.util.Objects;

/**
 * Examples for a model with one input and one output.
 *
 * @param features what the model reads
 * @param labels what it is to answer
 */
public record Dataset(Features features, Targets labels) implements ExampleSet<Dataset> {

  /**
   * Ties features and labels together.
   *
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

  @Override
  public Dataset with(List<Features> inputs, List<Targets> targets) {
    return new Dataset(inputs.get(0), targets.get(0));
  }

  @Override
  public TrainTest split(double fraction, long seed) {
    Parts<Dataset> parts = ExampleSet.super.split(fraction, seed);
    return new TrainTest(parts.train(), parts.test());
  }

  @Override
  public String toString() {
    return features + " -> " + labels;
  }
}
