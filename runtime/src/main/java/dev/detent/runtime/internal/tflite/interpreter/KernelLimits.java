package dev.detent.runtime.internal.tflite.interpreter;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.TfliteOperator.Weights;
import dev.detent.runtime.internal.tflite.TfliteOperator.Xnnpack;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What kernels cannot compute, and do not say so, or only by ending the process, so that it is
 * looked for before.
 */
final class KernelLimits {
  /**
   * The built-in kernels of ADD and SUB in 8 bits: an input scale must be less than this many
   * output scales (kernels/add.cc, {@code QuantizeMultiplierSmallerThanOneExp} of twice the larger
   * input scale over {@code 2^20} output scales).
   */
  private static final double LARGEST_ADDEND = 1 << 19;

  /** XNNPACK: input scale times kernel scale must be less than this many output scales. */
  private static final float LARGEST_PRODUCT = 256;

  private KernelLimits() {}

  /**
   * Throws a {@link TfliteException} for the first operation that the built-in kernels break at.
   */
  static void requireBuiltIn(TfliteModelInfo info, String source) {
    info.operations().stream()
        .flatMap(
            operation ->
                switch (TfliteOperator.of(operation.name())) {
                  case ADD, SUB -> largeAddends(info, operation);
                  default -> Stream.empty();
                })
        .forEach(
            limit -> {
              throw new TfliteException("TFLite cannot run " + source + ": " + limit);
            });
  }

  private static Stream<String> largeAddends(TfliteModelInfo info, OperationInfo operation) {
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    return info.tensors(operation.inputs()).stream()
        .filter(input -> input.isQuantized() && output.isQuantized())
        .filter(input -> input.scale() >= LARGEST_ADDEND * output.scale())
        .map(
            input ->
                "%s '%s' has an input '%s' whose scale is %s times its own; less than %s is possible"
                    .formatted(
                        operation.name(),
                        output.name(),
                        input.name(),
                        input.scale() / output.scale(),
                        LARGEST_ADDEND));
  }

  /** Throws a {@link TfliteException} for the first operation that XNNPACK breaks at. */
  static void requireXnnpack(TfliteModelInfo info, String source) {
    Stream<String> large =
        info.operations().stream()
            .filter(operation -> TfliteOperator.of(operation.name()).isWeighted())
            .flatMap(operation -> largeProducts(info, operation));
    Stream.concat(large, leadsNowhere(info))
        .forEach(
            limit -> {
              throw new TfliteException("XNNPACK cannot run " + source + ": " + limit);
            });
  }

  private static Stream<String> largeProducts(TfliteModelInfo info, OperationInfo operation) {
    Weights at = TfliteOperator.of(operation.name()).weights();
    TensorInfo input = info.tensors().get(operation.inputs().get(at.input()));
    List<Float> scales = info.tensors().get(operation.inputs().get(at.kernel())).scales();
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    return IntStream.range(0, scales.size())
        .filter(channel -> output.type() == ValueType.INT8 && output.isQuantized())
        .filter(channel -> input.scale() * scales.get(channel) / output.scale() >= LARGEST_PRODUCT)
        .mapToObj(
            channel ->
                ("%s '%s' has in channel %s an input scale times kernel scale of %s times the output"
                        + " scale; less than %s is possible")
                    .formatted(
                        operation.name(),
                        output.name(),
                        channel,
                        input.scale() * scales.get(channel) / output.scale(),
                        LARGEST_PRODUCT));
  }

  /**
   * An operation for nothing: its result leads to no output. XNNPACK leaves one out that nothing
   * reads, unless it is a dense one, and ends the process on others, as was found by trying.
   */
  private static Stream<String> leadsNowhere(TfliteModelInfo info) {
    BitSet wanted = new BitSet();
    info.outputs().forEach(wanted::set);
    BitSet readForNothing = new BitSet();
    List<OperationInfo> operations = info.operations();
    for (int i = operations.size() - 1; i >= 0; i--) {
      OperationInfo operation = operations.get(i);
      List<Integer> outputs = operation.outputs();
      TfliteOperator operator = TfliteOperator.of(operation.name());
      TensorInfo first = info.tensors().get(outputs.get(0));
      // What another kernel reads is an output of XNNPACK's part.
      boolean isWanted = outputs.stream().anyMatch(wanted::get) || !isTaken(operator, first.type());
      if (!isWanted
          && (operator == TfliteOperator.FULLY_CONNECTED
              || outputs.stream().anyMatch(readForNothing::get))) {
        return Stream.of(
            ("%s '%s' leads to no output of the model, which XNNPACK does not survive; leave it out,"
                    + " or make it an output")
                .formatted(operation.name(), first.name()));
      }
      BitSet readers = isWanted ? wanted : readForNothing;
      operation.inputs().stream().filter(n -> n >= 0).forEach(readers::set);
    }
    return Stream.empty();
  }

  private static boolean isTaken(TfliteOperator operator, ValueType type) {
    return switch (type) {
      case FLOAT32 -> operator.xnnpack() != Xnnpack.LEFT;
      case INT8, UINT8 -> operator.xnnpack() == Xnnpack.INT8;
      default -> false;
    };
  }
}
