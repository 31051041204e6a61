package dev.detent.runtime.tflite.interpreter;

import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.interpreter.TfliteFinding.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;

/**
 * Checks an int8 file, whoever wrote it, against TFLite's 8-bit quantization specification: tied
 * scales, fixed outputs, zero points, scales of biases, weights without -128, axes of channels,
 * conversions at borders only. Float tensors and float operations have no rules.
 *
 * <p>The file is read and not run, so that a damaged one does no harm. Source: <a
 * href="https://www.tensorflow.org/lite/performance/quantization_spec">the specification</a>.
 */
public final class TfliteChecker {
  /** An operation with weights: where its input is, and the kernel's axis of output channels. */
  private record Weighted(int input, int kernel, int bias, int axis) {}

  /** A prescribed range. */
  private record Fixed(float scale, int zeroPoint) {}

  private static final Map<String, Weighted> WEIGHTED =
      Map.of(
          "CONV_2D", new Weighted(0, 1, 2, 0),
          "DEPTHWISE_CONV_2D", new Weighted(0, 1, 2, 3),
          "FULLY_CONNECTED", new Weighted(0, 1, 2, 0),
          "TRANSPOSE_CONV", new Weighted(2, 1, 3, 0));

  private static final Map<String, Fixed> FIXED =
      Map.of(
          "SOFTMAX", new Fixed(1f / 256, -128),
          "LOGISTIC", new Fixed(1f / 256, -128),
          "TANH", new Fixed(1f / 128, 0),
          "L2_NORMALIZATION", new Fixed(1f / 128, 0),
          "LOG_SOFTMAX", new Fixed(16f / 256, 127));

  private static final Set<String> TIED =
      Set.of(
          "AVERAGE_POOL_2D",
          "MAX_POOL_2D",
          "CONCATENATION",
          "MAXIMUM",
          "MINIMUM",
          "RESHAPE",
          "SQUEEZE",
          "EXPAND_DIMS",
          "TRANSPOSE",
          "PAD",
          "PADV2",
          "MIRROR_PAD",
          "SLICE",
          "STRIDED_SLICE",
          "SPLIT",
          "SPLIT_V",
          "PACK",
          "UNPACK",
          "GATHER",
          "TILE",
          "SPACE_TO_DEPTH",
          "DEPTH_TO_SPACE",
          "SPACE_TO_BATCH_ND",
          "BATCH_TO_SPACE_ND",
          "RESIZE_NEAREST_NEIGHBOR",
          "RESIZE_BILINEAR",
          "REDUCE_MAX",
          "REDUCE_MIN");

  private static final Set<String> CONVERSIONS = Set.of("QUANTIZE", "DEQUANTIZE");

  /** What one rounding of each factor to float leaves of a product of two scales, and one more. */
  private static final float SCALE_ERROR = 0x1p-22f;

  private final TfliteModelInfo info;
  private final SubGraph graph;
  private final Model model;
  private final List<TfliteFinding> findings = new ArrayList<>();

  private TfliteChecker(byte[] bytes) {
    info = TfliteModelInfo.of(bytes);
    model = Model.getRootAsModel(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    graph = model.subgraphs(0);
  }

  /**
   * Checks a file.
   *
   * @return what is wrong; empty if nothing is
   * @throws TfliteException if it cannot be read or is not a valid TFLite file
   */
  public static List<TfliteFinding> check(Path file) {
    return check(ModelBytes.read(file));
  }

  /**
   * Checks the bytes of a file.
   *
   * @return what is wrong; empty if nothing is
   * @throws TfliteException if they are not a valid TFLite file
   */
  public static List<TfliteFinding> check(byte[] file) {
    try {
      return new TfliteChecker(file).findings();
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | NullPointerException
        | NegativeArraySizeException e) {
      throw ModelBytes.invalid("the model", "its tables are damaged", e);
    }
  }

  private List<TfliteFinding> findings() {
    for (OperationInfo operation : info.operations()) {
      if (refersToTensors(operation)) {
        check(operation);
      }
    }
    for (TensorInfo tensor : info.tensors()) {
      scales(tensor);
    }
    return List.copyOf(findings);
  }

  private boolean refersToTensors(OperationInfo operation) {
    int count = info.tensors().size();
    boolean isSound =
        !operation.outputs().isEmpty()
            && operation.inputs().stream().allMatch(n -> n >= -1 && n < count)
            && operation.outputs().stream().allMatch(n -> n >= 0 && n < count);
    if (!isSound) {
      findings.add(
          new TfliteFinding(
              Rule.STRUCTURE,
              operation.name(),
              "",
              "reads "
                  + operation.inputs()
                  + " and writes "
                  + operation.outputs()
                  + " of "
                  + count
                  + " tensors"));
    }
    return isSound;
  }

  private void check(OperationInfo operation) {
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    types(operation, output);
    if (CONVERSIONS.contains(operation.name())) {
      border(operation);
    }
    if (output.type() != ValueType.INT8) {
      return;
    }
    Fixed fixed = FIXED.get(operation.name());
    if (fixed != null
        && (output.scale() != fixed.scale() || output.zeroPoint() != fixed.zeroPoint())) {
      add(Rule.FIXED_OUTPUT, operation, output, "has " + range(output) + ", not " + fixed);
    }
    if (TIED.contains(operation.name())) {
      tied(operation);
    }
    Weighted weighted = WEIGHTED.get(operation.name());
    if (weighted != null) {
      weights(operation, weighted);
    }
  }

  private void types(OperationInfo operation, TensorInfo output) {
    if (CONVERSIONS.contains(operation.name())) {
      return;
    }
    for (TensorInfo input : inputs(operation)) {
      boolean isMixed =
          input.type() == ValueType.INT8 && output.type() == ValueType.FLOAT32
              || input.type() == ValueType.FLOAT32 && output.type() == ValueType.INT8;
      if (isMixed && !input.isConstant()) {
        add(Rule.TYPES, operation, input, "is " + input.type() + ", the output " + output.type());
      }
    }
  }

  private void border(OperationInfo operation) {
    int read = operation.inputs().get(0);
    for (OperationInfo other : info.operations()) {
      if (CONVERSIONS.contains(other.name())
          && !other.name().equals(operation.name())
          && other.outputs().contains(read)) {
        add(
            Rule.BORDERS,
            operation,
            info.tensors().get(read),
            "was made by " + other.name() + " a moment before");
      }
    }
  }

  private void tied(OperationInfo operation) {
    TensorInfo first = null;
    List<TensorInfo> all = new ArrayList<>(inputs(operation));
    operation.outputs().forEach(n -> all.add(info.tensors().get(n)));
    for (TensorInfo tensor : all) {
      if (tensor.type() == ValueType.INT8) {
        if (first == null) {
          first = tensor;
        } else if (!tensor.scales().equals(first.scales())
            || !tensor.zeroPoints().equals(first.zeroPoints())) {
          add(
              Rule.TIED_SCALES,
              operation,
              tensor,
              "has " + range(tensor) + ", '" + first.name() + "' " + range(first));
        }
      }
    }
  }

  private void weights(OperationInfo operation, Weighted at) {
    if (operation.inputs().size() <= Math.max(at.input(), at.kernel())) {
      add(Rule.STRUCTURE, operation, null, "has " + operation.inputs().size() + " operands");
      return;
    }
    TensorInfo input = info.tensors().get(operation.inputs().get(at.input()));
    TensorInfo kernel = info.tensors().get(operation.inputs().get(at.kernel()));
    if (kernel.type() != ValueType.INT8 || kernel.zeroPoints().stream().anyMatch(z -> z != 0)) {
      add(Rule.WEIGHTS, operation, kernel, "is " + kernel.type() + " with " + range(kernel));
    }
    ByteBuffer values = data(kernel);
    while (kernel.type() == ValueType.INT8 && values != null && values.hasRemaining()) {
      if (values.get() == Byte.MIN_VALUE) {
        add(Rule.WEIGHTS, operation, kernel, "has a weight of -128");
        break;
      }
    }
    channels(operation, kernel, at.axis());
    int bias = operation.inputs().size() > at.bias() ? operation.inputs().get(at.bias()) : -1;
    if (bias >= 0) {
      bias(operation, info.tensors().get(bias), input, kernel);
    }
  }

  private void channels(OperationInfo operation, TensorInfo kernel, int axis) {
    if (kernel.scales().size() < 2) {
      return;
    }
    int written = graph.tensors(kernel.index()).quantization().quantizedDimension();
    boolean fits =
        written == axis
            && axis < kernel.shape().size()
            && kernel.shape().get(axis) == kernel.scales().size();
    if (!fits) {
      add(
          Rule.CHANNEL_AXIS,
          operation,
          kernel,
          kernel.scales().size() + " scales along axis " + written + " of " + kernel.shape());
    }
  }

  private void bias(OperationInfo operation, TensorInfo bias, TensorInfo input, TensorInfo kernel) {
    boolean isRight =
        bias.type() == ValueType.INT32
            && bias.zeroPoints().stream().allMatch(z -> z == 0)
            && bias.scales().size() == kernel.scales().size();
    for (int i = 0; isRight && i < bias.scales().size(); i++) {
      float wanted = input.scale() * kernel.scales().get(i);
      isRight = Math.abs(bias.scales().get(i) - wanted) <= SCALE_ERROR * wanted;
    }
    if (!isRight) {
      add(Rule.BIAS, operation, bias, "is " + bias.type() + " with " + range(bias));
    }
  }

  private void scales(TensorInfo tensor) {
    for (float scale : tensor.scales()) {
      if (!(scale > 0) || Float.isInfinite(scale)) {
        findings.add(new TfliteFinding(Rule.SCALES, "", tensor.name(), "has the scale " + scale));
        return;
      }
    }
    boolean isSmall = tensor.type() == ValueType.INT8;
    for (int zeroPoint : tensor.zeroPoints()) {
      if (isSmall && zeroPoint != (byte) zeroPoint) {
        findings.add(
            new TfliteFinding(Rule.SCALES, "", tensor.name(), "has the zero point " + zeroPoint));
        return;
      }
    }
  }

  private List<TensorInfo> inputs(OperationInfo operation) {
    return operation.inputs().stream().filter(n -> n >= 0).map(info.tensors()::get).toList();
  }

  private ByteBuffer data(TensorInfo tensor) {
    return model.buffers((int) graph.tensors(tensor.index()).buffer()).dataAsByteBuffer();
  }

  private void add(Rule rule, OperationInfo operation, TensorInfo tensor, String what) {
    findings.add(
        new TfliteFinding(rule, operation.name(), tensor == null ? "" : tensor.name(), what));
  }

  private static String range(TensorInfo tensor) {
    return "scale "
        + (tensor.scales().size() == 1 ? tensor.scale() : tensor.scales())
        + " and zero point "
        + (tensor.zeroPoints().size() == 1 ? tensor.zeroPoint() : tensor.zeroPoints());
  }
}
