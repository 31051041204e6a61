package dev.detent.runtime.train;

import dev.detent.runtime.data.ExampleStream;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.Arrays;
import java.util.List;

/** Some of the examples of another. */
public record SomeExamples(int size, List<Features> inputs, List<Targets> targets)
    implements Examples {

  /** Copies the lists. */
  public SomeExamples {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /**
   * Evenly spread ones, because data are often sorted by class; all where there are no more. Of a
   * stream, the first ones.
   *
   * @param count at most so many
   */
  public static Examples spread(Examples examples, int count) {
    if (examples.size() <= count) {
      return examples;
    }
    if (ExampleStream.isStream(examples)) {
      return ExampleStream.shortened(examples, count);
    }
    int[] indices = new int[count];
    Arrays.setAll(indices, i -> (int) ((long) i * examples.size() / count));
    return new SomeExamples(
        count,
        examples.inputs().stream().map(features -> features.subset(indices)).toList(),
        examples.targets().stream().map(target -> target.subset(indices)).toList());
  }
}
