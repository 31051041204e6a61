package dev.detent.runtime.internal.tflite.interpreter;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.TfliteOperator.Weights;
import dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Why XNNPACK refuses a whole model that the built-in kernels run. */
final class XnnpackLimits {
  /** Input scale times kernel scale must be less than this many output scales. */
  private static final float LARGEST_RATIO = 256;

  private XnnpackLimits() {}

  /** The first operation that breaks a limit, in words; empty if there is none. */
  static Optional<String> firstViolation(TfliteModelInfo info) {
    return info.operations().stream()
        .filter(operation -> TfliteOperator.of(operation.name()).isWeighted())
        .flatMap(operation -> violation(info, operation).stream())
        .findFirst()
        .or(() -> leadsNowhere(info));
  }

  /**
   * An operation for nothing: its result leads to no output. XNNPACK leaves one out that nothing
   * reads, unless it is a dense one, and ends the process on others, as was found by trying.
   */
  private static Optional<String> leadsNowhere(TfliteModelInfo info) {
    BitSet wanted = new BitSet();
    info.outputs().forEach(wanted::set);
    BitSet readForNothing = new BitSet();
    List<OperationInfo> operations = info.operations();
    for (int i = operations.size() - 1; i >= 0; i--) {
      OperationInfo operation = operations.get(i);
      List<Integer> outputs = operation.outputs();
      // What another kernel reads is an output of XNNPACK's part.
      boolean isWanted = outputs.stream().anyMatch(wanted::get) || !isTaken(info, operation);
      if (!isWanted
          && (TfliteOperator.of(operation.name()) == TfliteOperator.FULLY_CONNECTED
              || outputs.stream().anyMatch(readForNothing::get))) {
        return Optional.of(
            operation.name()
                + " '"
                + info.tensors().get(outputs.get(0)).name()
                + "' leads to no output of the model, which XNNPACK does not survive; leave it"
                + " out, or make it an output");
      }
      BitSet readers = isWanted ? wanted : readForNothing;
      operation.inputs().stream().filter(n -> n >= 0).forEach(readers::set);
    }
    return Optional.empty();
  }

  private static boolean isTaken(TfliteModelInfo info, OperationInfo operation) {
    Xnnpack taken = TfliteOperator.of(operation.name()).xnnpack();
    return switch (info.tensors().get(operation.outputs().get(0)).type()) {
      case FLOAT32 -> taken != Xnnpack.LEFT;
      case INT8, UINT8 -> taken == Xnnpack.FLOAT_AND_INT8;
      default -> false;
    };
  }

  private static Optional<String> violation(TfliteModelInfo info, OperationInfo operation) {
    Weights at = TfliteOperator.of(operation.name()).weights();
    TensorInfo input = info.tensors().get(operation.inputs().get(at.input()));
    TensorInfo kernel = info.tensors().get(operation.inputs().get(at.kernel()));
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
