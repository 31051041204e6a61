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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
  private final FindingList findings = new FindingList();

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
    info.tensors().forEach(this::scales);
    return findings.toList();
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
    TfliteOperator operator = TfliteOperator.of(operation.name());
    TensorInfo output = info.tensors().get(operation.outputs().get(0));
    if (operator.isConversion()) {
      border(operation);
    } else {
      types(operation, output);
    }
    if (output.type() != ValueType.INT8) {
      return;
    }
    Range range = operator.range();
    long zeroPoint = output.zeroPoints().isEmpty() ? 0 : output.zeroPoints().get(0);
    if (range.isFixed() && (output.scale() != range.scale() || zeroPoint != range.zeroPoint())) {
      findings.add(
          Rule.FIXED_OUTPUT,
          operation,
          output,
          "has %s, not scale %s and zero point %s",
          range(output),
          range.scale(),
          range.zeroPoint());
    }
    if (range.isTied()) {
      tied(operation);
    }
    if (operator.isWeighted()) {
      weights(operation, operator.weights());
    }
  }

  private void types(OperationInfo operation, TensorInfo output) {
    for (TensorInfo input : info.tensors(operation.inputs())) {
      boolean isMixed =
          Set.of(ValueType.INT8, ValueType.FLOAT32).equals(EnumSet.of(input.type(), output.type()));
      if (isMixed && !input.isConstant()) {
        findings.add(
            Rule.TYPES, operation, input, "is %s, the output %s", input.type(), output.type());
      }
    }
  }

  private void border(OperationInfo operation) {
    int read = operation.inputs().get(0);
    OperationInfo other = producers.get(read);
    if (other != null
        && TfliteOperator.of(other.name()).isConversion()
        && !other.name().equals(operation.name())) {
      TensorInfo tensor = info.tensors().get(read);
      findings.add(Rule.BORDERS, operation, tensor, "was made by %s a moment before", other.name());
    }
  }

  private void tied(OperationInfo operation) {
    TensorInfo first = null;
    List<TensorInfo> all = new ArrayList<>(info.tensors(operation.inputs()));
    all.addAll(info.tensors(operation.outputs()));
    all.removeIf(tensor -> tensor.type() != ValueType.INT8);
    for (TensorInfo tensor : all) {
      limit.take(tensor.scales().size(), Long.BYTES);
      if (first == null) {
        first = tensor;
      } else if (!tensor.scales().equals(first.scales())
          || !tensor.zeroPoints().equals(first.zeroPoints())) {
        findings.add(
            Rule.TIED_SCALES,
            operation,
            tensor,
            "has %s, %s %s",
            range(tensor),
            Shortened.quoted(first.name()),
            range(first));
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
      findings.add(Rule.WEIGHTS, operation, kernel, "is %s, not INT8 or INT4", kernel.type());
    }
    zeroPoints(Rule.WEIGHTS, operation, kernel);
    if (kernel.type() == ValueType.INT8
        && haveSmallest.computeIfAbsent(
            graph.tensors(kernel.index()).buffer(), this::hasSmallest)) {
      findings.add(Rule.WEIGHTS, operation, kernel, "has a weight of -128");
    }
    channels(operation, kernel, at.axis());
    int bias = operands > at.bias() ? operation.inputs().get(at.bias()) : -1;
    if (bias >= 0) {
      bias(operation, info.tensors().get(bias), input, kernel);
    }
  }

  private boolean hasSmallest(long buffer) {
    int bytes = limit.take(tables.dataLength(buffer), 1);
    if (bytes == 0) {
      return false;
    }
    ByteBuffer values = tables.model().buffers((int) buffer).dataAsByteBuffer().slice();
    return IntStream.range(0, bytes).anyMatch(i -> values.get(i) == Byte.MIN_VALUE);
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
      findings.add(
          Rule.CHANNEL_AXIS,
          operation,
          kernel,
          "%s scales along axis %s of %s",
          kernel.scales().size(),
          written,
          kernel.shape());
    }
  }

  private void bias(OperationInfo operation, TensorInfo bias, TensorInfo input, TensorInfo kernel) {
    if (bias.type() != ValueType.INT32) {
      findings.add(Rule.BIAS, operation, bias, "is %s, not INT32", bias.type());
    }
    zeroPoints(Rule.BIAS, operation, bias);
    if (bias.scales().size() != kernel.scales().size()) {
      findings.add(
          Rule.BIAS,
          operation,
          bias,
          "has %s scales, the weights %s",
          bias.scales().size(),
          kernel.scales().size());
      return;
    }
    for (int i = 0; i < bias.scales().size(); i++) {
      float wanted = input.scale() * kernel.scales().get(i);
      // A scale that is no number is not close to any.
      if (!(Math.abs(bias.scales().get(i) - wanted) <= SCALE_ERROR * wanted)) {
        findings.add(
            Rule.BIAS,
            operation,
            bias,
            "has the scale %s in channel %s, not %s",
            bias.scales().get(i),
            i,
            wanted);
        return;
      }
    }
  }

  /** The first that is not 0. */
  private void zeroPoints(Rule rule, OperationInfo operation, TensorInfo tensor) {
    for (int i = 0; i < tensor.zeroPoints().size(); i++) {
      long zeroPoint = tensor.zeroPoints().get(i);
      if (zeroPoint != 0) {
        findings.add(
            rule, operation, tensor, "has the zero point %s in channel %s, not 0", zeroPoint, i);
        return;
      }
    }
  }

  /** What TFLite runs all the same; the rest is found with the structure. */
  private void scales(TensorInfo tensor) {
    if (tensor.isConstant() && tensor.scales().contains(0f)) {
      findings.add(Rule.SCALES, tensor, "has the scale 0");
    }
    var quantization = graph.tensors(tensor.index()).quantization();
    if (quantization != null && quantization.detailsType() != QuantizationDetails.NONE) {
      findings.add(
          Rule.SCALES,
          tensor,
          "is quantized in a way of its own (details of type %s), which is not checked",
          quantization.detailsType());
    }
  }

  private static String range(TensorInfo tensor) {
    return "scale " + one(tensor.scales()) + " and zero point " + one(tensor.zeroPoints());
  }

  /** The element of a list that has one. */
  private static String one(List<?> elements) {
    return elements.size() == 1 ? elements.get(0).toString() : Shortened.list(elements);
  }
}
