package dev.detent.runtime.tflite.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is deployed: the operations in the order in which they run. It has no numbers; {@link
 * TrainedValues} has them.
 *
 * @param inputs the model's inputs
 * @param operations in topological order
 * @param outputs the model's outputs with their names
 */
public record Plan(List<PlanTensor> inputs, List<PlanOperation> operations, List<Output> outputs) {

  /**
   * One output of the model.
   *
   * @param name its name in the signature
   * @param tensor what it gives out
   */
  public record Output(String name, PlanTensor tensor) {}

  /** Keeps copies. */
  public Plan {
    inputs = List.copyOf(inputs);
    operations = List.copyOf(operations);
    outputs = List.copyOf(outputs);
  }

  /**
   * One operation of the deployed model.
   *
   * @param kind which one
   * @param layer the layer it belongs to, which has its weights
   * @param inputs the activations it reads, in the kernel's order
   * @param output what it makes
   * @param attributes what else it is told
   */
  public record PlanOperation(
      OperationKind kind,
      String layer,
      List<PlanTensor> inputs,
      PlanTensor output,
      OperationAttributes attributes) {

    /** Keeps a copy of the inputs. */
    public PlanOperation {
      inputs = List.copyOf(inputs);
    }
  }

  /** How often each operation occurs in the quantized model, by its name in TFLite's schema. */
  public Map<String, Integer> histogram() {
    Map<String, Integer> counts = new TreeMap<>();
    operations.stream()
        .filter(operation -> operation.kind() != OperationKind.PARAMETER)
        .forEach(operation -> counts.merge(operation.kind().name(), 1, Integer::sum));
    return counts;
  }
}
