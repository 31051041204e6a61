package dev.detent.runtime.tflite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** How often each operation occurs, by name, in the order of names. */
  public static Map<String, Integer> histogram(List<OperationInfo> operations) {
    Map<String, Integer> counts = new TreeMap<>();
    operations.forEach(operation -> counts.merge(operation.name, 1, Integer::sum));
    return counts;
  }
}
