package dev.detent.runtime.network;

import java.util.List;

/**
 * A model as its operations, in order of data flow. It has no numbers: the variables of the
 * training graph have them.
 *
 * @param operations what the model computes, its inputs and trained constants first among them
 * @param outputs what it yields, each under the name of its field
 */
public record Network(List<Operation> operations, List<Tensor> outputs) {

  /** Keeps copies. */
  public Network {
    operations = List.copyOf(operations);
    outputs = List.copyOf(outputs);
  }

  /** The inputs in order of declaration. */
  public List<Operation.Input> inputs() {
    return operations.stream()
        .filter(Operation.Input.class::isInstance)
        .map(Operation.Input.class::cast)
        .toList();
  }
}
