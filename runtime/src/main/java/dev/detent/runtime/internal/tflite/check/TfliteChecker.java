package dev.detent.runtime.internal.tflite.check;

import dev.detent.runtime.internal.tflite.Shortened;
import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.TfliteOperator.Range;
import dev.detent.runtime.internal.tflite.TfliteOperator.Weights;
import dev.detent.runtime.internal.tflite.read.ModelTables;
import dev.detent.runtime.internal.tflite.read.ReadingLimit;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteFinding.Rule;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.lite.schema.QuantizationDetails;
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
  /** What one rounding of each factor to float leaves of a product of two scales, and one more. */
  private static final float SCALE_ERROR = 0x1p-22f;

  /** How often the file's size is looked at, at most. */
  private static final int LOOKS = 256;

  private final TfliteModelInfo info;
  private final ModelTables tables;
  private final SubGraph graph;
  private final ReadingLimit limit;
  private final Map<Integer, OperationInfo> producers = new HashMap<>();
  private final Map<Long, Boolean> haveSmallest = new HashMap<>();
  private final List<TfliteFinding> findings = new ArrayList<>();

  private TfliteChecker(ModelTables tables) {
    this.tables = tables;
    info = tables.info(0);
    graph = tables.subgraph(0);
    limit = new ReadingLimit(LOOKS, info.bytes(), tables.source());
  }

  /**
   * Checks the content of a file. Time and memory are bounded by its size, whatever its tables
   * claim.
   *
   * @param source its name, for messages
   * @return what is wrong; empty if nothing is
   * @throws TfliteException if it is not a valid TFLite file, or has tensors of a type that is not
   *     in {@link ValueType}
   */
  public static List<TfliteFinding> check(byte[] file, String source) {
    return ModelTables.read(file, source, tables -> new TfliteChecker(tables).findings());
  }

  private List<TfliteFinding> findings() {
    findings.addAll(Structure.findings(tables));
    for (OperationInfo operation : info.operations()) {
      if (refersToTensors(operation)) {
        check(operation);
        operation.outputs().forEach(output -> producers.put(output, operation));
      }
    }
    for (TensorInfo tensor : info.tensors()) {
      scales(tensor);
    }
    return List.copyOf(findings);
  }

  /** What does not is a finding already. */
  private boolean refersToTensors(OperationInfo operation) {
    int count = info.tensors().size();
    return !operation.inputs().isEmpty()
        && !operation.outputs().isEmpty()
        && operation.inputs().stream().allMatch(n -> n >= -1 && n < count)
        && operation.outputs().stream().allMatch(n -> n >= 0 && n < count);
  }

  private void check(OperationInfo operation) {
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    types(operation, output);
    if (isConversion(operation)) {
      border(operation);
    }
    if (output.type() != ValueType.INT8) {
      return;
    }
    TfliteOperator operator = TfliteOperator.of(operation.name());
    Range range = operator.range();
    if (range.isFixed()
        && (output.scale() != range.scale() || zeroPoint(output) != range.zeroPoint())) {
      add(
          Rule.FIXED_OUTPUT,
          operation,
          output,
          "has "
              + range(output)
              + ", not scale "
              + range.scale()
              + " and zero point "
              + range.zeroPoint());
    }
    if (range.isTied()) {
      tied(operation);
    }
    if (operator.isWeighted()) {
      weights(operation, operator.weights());
    }
  }

  private static boolean isConversion(OperationInfo operation) {
    return TfliteOperator.of(operation.name()).isConversion();
  }

  private static long zeroPoint(TensorInfo tensor) {
    return tensor.zeroPoints().isEmpty() ? 0 : tensor.zeroPoints().get(0);
  }

  private void types(OperationInfo operation, TensorInfo output) {
    if (isConversion(operation)) {
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
    OperationInfo other = producers.get(read);
    if (other != null && isConversion(other) && !other.name().equals(operation.name())) {
      add(
          Rule.BORDERS,
          operation,
          info.tensors().get(read),
          "was made by " + other.name() + " a moment before");
    }
  }

  private void tied(OperationInfo operation) {
    TensorInfo first = null;
    List<TensorInfo> all = new ArrayList<>(inputs(operation));
    operation.outputs().forEach(n -> all.add(info.tensors().get(n)));
    for (TensorInfo tensor : all) {
      if (tensor.type() == ValueType.INT8) {
        limit.take(tensor.scales().size(), Long.BYTES);
        if (first == null) {
          first = tensor;
        } else if (!tensor.scales().equals(first.scales())
            || !tensor.zeroPoints().equals(first.zeroPoints())) {
          add(
              Rule.TIED_SCALES,
              operation,
              tensor,
              "has " + range(tensor) + ", " + Shortened.quoted(first.name()) + " " + range(first));
        }
      }
    }
  }

  private void weights(OperationInfo operation, Weights at) {
    int operands = operation.inputs().size();
    if (operands <= Math.max(at.input(), at.kernel())
        || operation.inputs().get(at.input()) < 0
        || operation.inputs().get(at.kernel()) < 0) {
      return; // a finding already
    }
    TensorInfo input = info.tensors().get(operation.inputs().get(at.input()));
    TensorInfo kernel = info.tensors().get(operation.inputs().get(at.kernel()));
    limit.take(kernel.scales().size(), Long.BYTES);
    if (kernel.type() != ValueType.INT8 && kernel.type() != ValueType.INT4) {
      add(Rule.WEIGHTS, operation, kernel, "is " + kernel.type() + ", not INT8 or INT4");
    }
    zeroPoints(Rule.WEIGHTS, operation, kernel);
    if (kernel.type() == ValueType.INT8
        && haveSmallest.computeIfAbsent(
            graph.tensors(kernel.index()).buffer(), this::hasSmallest)) {
      add(Rule.WEIGHTS, operation, kernel, "has a weight of -128");
    }
    channels(operation, kernel, at.axis());
    int bias = operands > at.bias() ? operation.inputs().get(at.bias()) : -1;
    if (bias >= 0) {
      bias(operation, info.tensors().get(bias), input, kernel);
    }
  }

  private boolean hasSmallest(long buffer) {
    int bytes = limit.take(tables.dataLength(buffer), 1);
    ByteBuffer values = bytes == 0 ? null : tables.model().buffers((int) buffer).dataAsByteBuffer();
    for (int i = 0; i < bytes; i++) {
      if (values.get() == Byte.MIN_VALUE) {
        return true;
      }
    }
    return false;
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
    if (bias.type() != ValueType.INT32) {
      add(Rule.BIAS, operation, bias, "is " + bias.type() + ", not INT32");
    }
    zeroPoints(Rule.BIAS, operation, bias);
    if (bias.scales().size() != kernel.scales().size()) {
      add(
          Rule.BIAS,
          operation,
          bias,
          "has " + bias.scales().size() + " scales, the weights " + kernel.scales().size());
      return;
    }
    for (int i = 0; i < bias.scales().size(); i++) {
      float wanted = input.scale() * kernel.scales().get(i);
      // A scale that is no number is not close to any.
      if (!(Math.abs(bias.scales().get(i) - wanted) <= SCALE_ERROR * wanted)) {
        add(
            Rule.BIAS,
            operation,
            bias,
            "has the scale " + bias.scales().get(i) + " in channel " + i + ", not " + wanted);
        return;
      }
    }
  }

  /** The first that is not 0. */
  private void zeroPoints(Rule rule, OperationInfo operation, TensorInfo tensor) {
    for (int i = 0; i < tensor.zeroPoints().size(); i++) {
      if (tensor.zeroPoints().get(i) != 0) {
        add(
            rule,
            operation,
            tensor,
            "has the zero point " + tensor.zeroPoints().get(i) + " in channel " + i + ", not 0");
        return;
      }
    }
  }

  /** What TFLite runs all the same; the rest is found with the structure. */
  private void scales(TensorInfo tensor) {
    if (tensor.isConstant() && tensor.scales().contains(0f)) {
      findings.add(new TfliteFinding(Rule.SCALES, "", tensor.name(), "has the scale 0"));
    }
    var quantization = graph.tensors(tensor.index()).quantization();
    if (quantization != null && quantization.detailsType() != QuantizationDetails.NONE) {
      findings.add(
          new TfliteFinding(
              Rule.SCALES,
              "",
              tensor.name(),
              "is quantized in a way of its own (details of type "
                  + quantization.detailsType()
                  + "), which is not checked"));
    }
  }

  private List<TensorInfo> inputs(OperationInfo operation) {
    return operation.inputs().stream().filter(n -> n >= 0).map(info.tensors()::get).toList();
  }

  private void add(Rule rule, OperationInfo operation, TensorInfo tensor, String what) {
    findings.add(new TfliteFinding(rule, operation.name(), tensor.name(), what));
  }

  private static String range(TensorInfo tensor) {
    return "scale "
        + (tensor.scales().size() == 1 ? tensor.scale() : Shortened.list(tensor.scales()))
        + " and zero point "
        + (tensor.zeroPoints().size() == 1
            ? tensor.zeroPoints().get(0)
            : Shortened.list(tensor.zeroPoints()));
  }
}
