package dev.detent.runtime.codegen;

import dev.detent.runtime.data.ExampleSet;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.List;

/**
 * Examples of a model with several inputs or outputs. The annotation processor generates a subclass
 * whose constructor names them, so that none can be forgotten.
 *
 * @param <D> the subclass
 */
public abstract class ModelExamples<D extends ModelExamples<D>> implements ExampleSet<D> {
  private final List<Features> inputs;
  private final List<Targets> targets;
  private final int size;

  /**
   * For generated classes.
   *
   * @param inputs one for each input of the model
   * @param targets one for each output of the model
   * @throws dev.detent.runtime.data.DataException if there are not as many examples in each
   */
  protected ModelExamples(List<Features> inputs, List<Targets> targets) {
    this.inputs = List.copyOf(inputs);
    this.targets = List.copyOf(targets);
    this.size = Examples.sizeOf(inputs, targets);
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final List<Features> inputs() {
    return inputs;
  }

  @Override
  public final List<Targets> targets() {
    return targets;
  }

  @Override
  public final String toString() {
    return inputs + " -> " + targets;
  }
}
