package dev.detent.runtime.network;

import java.util.function.Function;

/** An operation under construction whose output has the range of its input. */
public final class MovedStep {
  private final NetworkBuilder network;
  private final String name;
  private final Tensor x;
  private final Function<Tensor, Operation> operation;

  MovedStep(NetworkBuilder network, String name, Tensor x, Function<Tensor, Operation> operation) {
    this.network = network;
    this.name = name;
    this.x = x;
    this.operation = operation;
  }

  /** Ends the operation with an output of that shape, without the batch, in the range it reads. */
  public Tensor output(int... shape) {
    return network.add(operation.apply(new Tensor(name, x.range(), shape)));
  }
}
