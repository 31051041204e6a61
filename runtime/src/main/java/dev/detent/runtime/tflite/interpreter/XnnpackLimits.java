package dev.detent.runtime.tflite.interpreter;

import java.util.Optional;
import java.util.Set;

/** Why XNNPACK refuses a whole model that the built-in kernels run. */
final class XnnpackLimits {
  /** Input scale times kernel scale must be less than this many output scales. */
  private static final float LARGEST_RATIO = 256;

  private static final String TRANSPOSE_CONV = "TRANSPOSE_CONV";

  private static final Set<String> WITH_KERNELS =
      Set.of("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", TRANSPOSE_CONV);

  private XnnpackLimits() {}

  /** The first operation that breaks the limit, in words; empty if there is none. */
  static Optional<String> firstViolation(TfliteModelInfo info) {
    return info.operations().stream()
        .filter(operation -> WITH_KERNELS.contains(operation.name()))
        .flatMap(operation -> violation(info, operation).stream())
        .findFirst();
  }

  private static Optional<String> violation(TfliteModelInfo info, OperationInfo operation) {
    // The operands of TRANSPOSE_CONV begin with the output's shape.
    int position = operation.name().equals(TRANSPOSE_CONV) ? 2 : 0;
    TensorInfo input = info.tensors().get(operation.inputs().get(position));
    TensorInfo kernel = info.tensors().get(operation.inputs().get(1));
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    if (output.type() != ValueType.INT8 || !output.isQuantized()) {
      return Optional.empty();
    }
    for (int channel = 0; channel < kernel.scales().size(); channel++) {
      float ratio = input.scale() * kernel.scales().get(channel) / output.scale();
      if (ratio >= LARGEST_RATIO) {
        return Optional.of(
            operation.name()
                + " '"
                + output.name()
                + "' has in channel "
                + channel
                + " an input scale times kernel scale of "
                + ratio
                + " times the output scale; less than "
                + LARGEST_RATIO
                + " is possible");
      }
    }
    return Optional.empty();
  }
}
