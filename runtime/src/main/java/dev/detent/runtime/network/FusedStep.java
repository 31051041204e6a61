package dev.detent.runtime.network;

import dev.detent.annotations.Activation;
import java.util.function.BiFunction;

/** An operation under construction that fuses an activation in. */
public final class FusedStep extends Step {
  private final BiFunction<Activation, Tensor, Operation> operation;
  private Activation activation = Activation.NONE;

  FusedStep(
      NetworkBuilder network, String name, BiFunction<Activation, Tensor, Operation> operation) {
    super(network, name);
    this.operation = operation;
  }

  /** The activation that TFLite fuses into the operation; without the call there is none. */
  public FusedStep activation(Activation fused) {
    activation = fused;
    return this;
  }

  @Override
  Operation operation(Tensor output) {
    return operation.apply(activation, output);
  }
}
