package dev.detent.runtime.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Examples that can be cut into parts and scaled: {@link Dataset}, and the {@code Data} that is
 * generated for a model with several inputs or outputs.
 *
 * @param <D> the kind of examples, which its parts are as well
 */
public interface ExampleSet<D extends ExampleSet<D>> extends Examples {

  /**
   * Two parts of examples.
   *
   * @param <D> the kind of examples
   */
  interface Parts<D> {
    /** What to train on. */
    D train();

    /** What to test with, none of it in {@link #train()}. */
    D test();
  }

  /**
   * Examples of the same kind with other contents.
   *
   * @param inputs in the order of {@link #inputs()}
   * @param targets in the order of {@link #targets()}
   * @throws DataException if there are not as many of each
   */
  D with(List<Features> inputs, List<Targets> targets);

  /**
   * These examples with {@code value = element * scale} for all inputs; see {@link
   * Features#scaled(float)}, which scales a single one.
   */
  default D scaled(float scale) {
    return scaled(scale, 0);
  }

  /**
   * These examples with {@code value = element * scale + offset} for all inputs; see {@link
   * Features#scaled(float, float)}, which scales a single one.
   */
  default D scaled(float scale, float offset) {
    return with(inputs().stream().map(input -> input.scaled(scale, offset)).toList(), targets());
  }

  /**
   * These examples with each input changed, for example by {@link Features#map}: {@code data.map(x
   * -> x.map(values -> logarithms(values)))}.
   *
   * @param change gets one input after the other
   * @throws DataException if an input has another number of examples afterwards
   */
  default D map(UnaryOperator<Features> change) {
    return with(inputs().stream().map(change).toList(), targets());
  }

  /**
   * These examples with one input changed.
   *
   * @param input which, 0 to the number of inputs less 1, in the order of {@link #inputs()}
   * @param change gets that input
   * @throws IndexOutOfBoundsException if there is no such input
   * @throws DataException if the input has another number of examples afterwards
   */
  default D mapInput(int input, UnaryOperator<Features> change) {
    return with(changed(inputs(), input, change), targets());
  }

  /**
   * These examples with the targets of one output changed.
   *
   * @param target which, 0 to the number of targets less 1, in the order of {@link #targets()}
   * @param change gets those targets
   * @throws IndexOutOfBoundsException if there is no such target
   * @throws DataException if the target has another number of examples afterwards
   */
  default D mapTarget(int target, UnaryOperator<Targets> change) {
    return with(inputs(), changed(targets(), target, change));
  }

  private static <T> List<T> changed(List<T> all, int which, UnaryOperator<T> change) {
    List<T> others = new ArrayList<>(all);
    others.set(Objects.checkIndex(which, all.size()), change.apply(all.get(which)));
    return List.copyOf(others);
  }

  /**
   * Some of the examples.
   *
   * @param indices the examples, in the order wanted; they may repeat
   * @return a view
   * @throws IndexOutOfBoundsException if one of the indices is not below {@link #size()}
   */
  default D subset(int... indices) {
    return with(
        inputs().stream().map(input -> input.subset(indices)).toList(),
        targets().stream().map(target -> target.subset(indices)).toList());
  }

  /**
   * The first examples. Data from {@link ImageFolder} has its classes in turn, so that this takes
   * as many of each; of data that is sorted by class take a {@link #sample} instead.
   *
   * @param count how many, 0 to {@link #size()}
   * @return a view
   */
  default D take(int count) {
    return subset(Checks.firstIndices(Checks.take(count, size())));
  }

  /**
   * Examples drawn at random, none of them twice.
   *
   * @param count how many, 0 to {@link #size()}
   * @param seed what decides which; the same seed draws the same
   * @return a view, in the order in which they were drawn
   */
  default D sample(int count, long seed) {
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
  default Parts<D> split(double fraction, long seed) {
    Shuffle.Split split = Shuffle.split(size(), fraction, seed);
    record Both<D>(D train, D test) implements Parts<D> {}
    return new Both<>(subset(split.train()), subset(split.test()));
  }
}
