package dev.detent.runtime.tflite.interpreter;

import java.util.List;

/**
 * An operation of a file.
 *
 * @param name in the schema, as {@code CONV_2D}; for a custom operation its own
 * @param version of the operation
 * @param inputs numbers of tensors, -1 where one is left out
 * @param outputs numbers of tensors
 */
public record OperationInfo(String name, int version, List<Integer> inputs, List<Integer> outputs) {
  /** Keeps copies. */
  public OperationInfo {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
