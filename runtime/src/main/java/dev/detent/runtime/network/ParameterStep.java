package dev.detent.runtime.network;

import dev.detent.annotations.Initializer;
import java.util.Arrays;
import java.util.List;

/** A tensor that is the same for all examples, under construction; its shape has no batch. */
public final class ParameterStep extends Step {
  private Initializer initializer = Initializer.ZEROS;
  private List<Double> values = List.of();
  private double factor = 1;
  private boolean isTrained = true;

  ParameterStep(NetworkBuilder network, String name) {
    super(network, name);
  }

  /** How its variable starts; without the call with zeros. */
  public ParameterStep initializer(Initializer value) {
    initializer = value;
    return this;
  }

  /**
   * What it starts with, in place of an initializer: one number for all elements, or one for each.
   */
  public ParameterStep values(double... numbers) {
    values = Arrays.stream(numbers).boxed().toList();
    return this;
  }

  /** What the variable is multiplied with; without the call 1. */
  public ParameterStep factor(double value) {
    factor = value;
    return this;
  }

  /** Leaves it as it starts, without a variable. */
  public ParameterStep untrained() {
    isTrained = false;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return new Operation.Parameter(initializer, values, factor, isTrained, output);
  }
}
