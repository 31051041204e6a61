package dev.detent.runtime.internal.tflite.interpreter;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the 8-bit kernels of ADD and SUB cannot hold: they check it by ending the process
 * (kernels/add.cc, {@code QuantizeMultiplierSmallerThanOneExp} of twice the larger input scale over
 * {@code 2^20} output scales), so it is checked before.
 */
final class SumLimits {
  private static final double LARGEST_RATIO = 1 << 19;

  private static final Set<TfliteOperator> SUMS =
      EnumSet.of(TfliteOperator.ADD, TfliteOperator.SUB);

  private SumLimits() {}

  /** The first operation that breaks the limit, in words; empty if there is none. */
  static Optional<String> firstViolation(TfliteModelInfo info) {
    return info.operations().stream()
        .filter(operation -> SUMS.contains(TfliteOperator.of(operation.name())))
        .flatMap(operation -> violation(info, operation).stream())
        .findFirst();
  }

  private static Optional<String> violation(TfliteModelInfo info, OperationInfo operation) {
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    if (!output.isQuantized()) {
      return Optional.empty();
    }
    for (int input : operation.inputs()) {
      TensorInfo tensor = info.tensors().get(input);
      if (tensor.isQuantized() && tensor.scale() >= LARGEST_RATIO * output.scale()) {
        return Optional.of(
            operation.name()
                + " '"
                + output.name()
                + "' has an input '"
                + tensor.name()
                + "' whose scale is "
                + tensor.scale() / output.scale()
                + " times its own; less than "
                + LARGEST_RATIO
                + " is possible");
      }
    }
    return Optional.empty();
  }
}
