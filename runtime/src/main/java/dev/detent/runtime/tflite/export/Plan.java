package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationAttributes.Part;
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

    /** Whether both are parts of one SPLIT. */
    boolean isCutLike(PlanOperation other) {
      return attributes instanceof Part part
          && other.attributes instanceof Part others
          && inputs.get(0) == other.inputs.get(0)
          && part.axis() == others.axis()
          && part.parts() == others.parts();
    }
  }

  /** How often each operation occurs in the quantized model, by its name in TFLite's schema. */
  public Map<String, Integer> histogram() {
    Map<String, Integer> counts = new TreeMap<>();
    for (PlanOperation operation : operations) {
      boolean isCounted =
          operation.kind() == OperationKind.PARAMETER
              || operations.stream()
                  .takeWhile(earlier -> earlier != operation)
                  .anyMatch(operation::isCutLike);
      if (!isCounted) {
        counts.merge(OperationTable.of(operation.kind()).name(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
