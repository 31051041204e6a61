package dev.detent.runtime.tflite;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a file, read with the official schema and without running it: its first subgraph.
 *
 * @param bytes size of the file
 * @param description the file's own
 * @param minimumRuntime the first TFLite release that runs it, as the file says; empty if it does
 *     not
 * @param tensors all of them, by number
 * @param operations in the order in which they run
 * @param inputs numbers of tensors
 * @param outputs numbers of tensors
 * @param signatureInputs the default signature's names and the tensors' numbers; empty without one
 * @param signatureOutputs the default signature's names and the tensors' numbers
 */
public record TfliteModelInfo(
    int bytes,
    String description,
    String minimumRuntime,
    List<TensorInfo> tensors,
    List<OperationInfo> operations,
    List<Integer> inputs,
    List<Integer> outputs,
    Map<String, Integer> signatureInputs,
    Map<String, Integer> signatureOutputs) {

  /** Keeps copies. */
  public TfliteModelInfo {
    tensors = List.copyOf(tensors);
    operations = List.copyOf(operations);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    signatureInputs = Collections.unmodifiableMap(new LinkedHashMap<>(signatureInputs));
    signatureOutputs = Collections.unmodifiableMap(new LinkedHashMap<>(signatureOutputs));
  }

  /**
   * The same with another batch, as an interpreter that is resized gives it: in the shapes of all
   * tensors that may have another.
   */
  public TfliteModelInfo withBatch(int examples) {
    return new TfliteModelInfo(
        bytes,
        description,
        minimumRuntime,
        tensors.stream()
            .map(tensor -> tensor.hasAnyBatch() ? tensor.withBatch(examples) : tensor)
            .toList(),
        operations,
        inputs,
        outputs,
        signatureInputs,
        signatureOutputs);
  }

  /** How often each operation occurs, by name. */
  public Map<String, Integer> histogram() {
    return OperationInfo.histogram(operations);
  }

  /**
   * Whether a run depends on the one before: the file has tensors that keep their values, and no
   * operation writes them in front of the one that reads them first.
   */
  public boolean hasState() {
    Set<Integer> written = new HashSet<>();
    for (OperationInfo operation : operations) {
      for (int input : operation.inputs()) {
        boolean exists = input >= 0 && input < tensors.size();
        if (exists && tensors.get(input).isVariable() && !written.contains(input)) {
          return true;
        }
      }
      written.addAll(operation.outputs());
    }
    return false;
  }

  /** The tensors of some numbers, but for those that are left out. */
  public List<TensorInfo> tensors(List<Integer> numbers) {
    return numbers.stream().filter(number -> number >= 0).map(tensors::get).toList();
  }

  /** The tensor of that name, if there is one. */
  public Optional<TensorInfo> tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }
}
