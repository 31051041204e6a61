package dev.detent.runtime.internal.tflite.check;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.read.ModelBytes;
import dev.detent.runtime.internal.tflite.read.ModelTables;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteFinding;
import dev.detent.runtime.tflite.TfliteFinding.Rule;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/**
 * What TensorFlow Lite takes for granted of a file, and must not: that tensors exist, have the
 * values that their shape says, and are computed before they are read. A file in which something is
 * found here can end the process, or read memory that is not its own.
 */
public final class Structure {
  private static final Set<ValueType> INTEGERS =
      EnumSet.of(ValueType.INT8, ValueType.UINT8, ValueType.INT16);

  /** Of all tensors that are computed, together: more than any file of a phone's model wants. */
  private static final long MOST_BYTES = 1L << 34;

  private final ModelTables tables;
  private final SubGraph graph;
  private final TfliteModelInfo info;
  private final FindingList findings = new FindingList();

  private Structure(ModelTables tables, int subgraph) {
    this.tables = tables;
    this.graph = tables.subgraph(subgraph);
    this.info = tables.info(subgraph);
  }

  /** What is wrong with a file's subgraphs; empty if nothing is. */
  static List<TfliteFinding> findings(ModelTables tables) {
    List<TfliteFinding> findings = new ArrayList<>();
    for (int i = 0; i < tables.model().subgraphsLength(); i++) {
      findings.addAll(new Structure(tables, i).findings());
    }
    return findings;
  }

  /**
   * What is in a file in which nothing is wrong.
   *
   * @throws TfliteException if something is
   */
  public static TfliteModelInfo sound(byte[] model, String source) {
    return ModelTables.read(
        model,
        source,
        tables -> {
          TfliteModelInfo info = tables.info(0);
          List<TfliteFinding> findings = findings(tables);
          if (!findings.isEmpty()) {
            throw ModelBytes.invalid(source, "%s", findings.get(0));
          }
          return info;
        });
  }

  private List<TfliteFinding> findings() {
    info.tensors().forEach(this::values);
    info.tensors().stream().filter(Structure::holdsIntegers).forEach(this::quantization);
    borders();
    order();
    total();
    return findings.toList();
  }

  // ---------------------------------------------------------------- tensors

  private void values(TensorInfo tensor) {
    Tensor table = graph.tensors(tensor.index());
    if (table.buffer() >= tables.model().buffersLength()) {
      add(tensor, "has buffer %s of %s", table.buffer(), tables.model().buffersLength());
      return;
    }
    long bytes;
    try {
      bytes = tensor.type().bytes(tensor.elements());
    } catch (TfliteException e) {
      add(tensor, "has the shape %s", tensor.shape());
      return;
    }
    int stored = tables.dataLength(table.buffer());
    if (bytes > Integer.MAX_VALUE) {
      add(tensor, "has %s bytes; 2^31 - 1 are possible", bytes);
    } else if (tensor.isConstant() && stored != bytes && table.sparsity() == null) {
      add(
          tensor,
          "has %s bytes of values, %s by its shape %s of %s",
          stored,
          bytes,
          tensor.shape(),
          tensor.type());
    }
  }

  /** Whether it is quantized and of a type that can be. */
  private static boolean holdsIntegers(TensorInfo tensor) {
    return tensor.isQuantized()
        && tensor.type() != ValueType.FLOAT32
        && tensor.type() != ValueType.FLOAT16;
  }

  private void quantization(TensorInfo tensor) {
    QuantizationParameters table = graph.tensors(tensor.index()).quantization();
    int scales = table.scaleLength();
    int axis = table.quantizedDimension();
    int rank = tensor.shape().size();
    if (table.zeroPointLength() != scales) {
      scales(tensor, "has %s scales and %s zero points", scales, table.zeroPointLength());
    } else if (axis < 0 || rank > 0 && axis >= rank) {
      scales(tensor, "has scales along axis %s of %s", axis, rank);
    } else if (scales != 1 && rank > 0 && scales != tensor.shape().get(axis)) {
      scales(tensor, "has %s scales along axis %s of %s", scales, axis, tensor.shape());
    } else {
      numbers(tensor);
    }
  }

  private void numbers(TensorInfo tensor) {
    for (int i = 0; i < tensor.scales().size(); i++) {
      float scale = tensor.scales().get(i);
      // Of a channel without weights some converters make a scale of 0.
      boolean isScale = tensor.isConstant() ? scale >= 0 : scale > 0;
      if (!isScale || Float.isInfinite(scale)) {
        scales(tensor, "has the scale %s%s", scale, channel(tensor, i));
        return;
      }
      long zeroPoint = tensor.zeroPoints().get(i);
      if (zeroPoint < tensor.type().lowest() || zeroPoint > tensor.type().highest()) {
        scales(tensor, "has the zero point %s%s, %s", zeroPoint, channel(tensor, i), tensor.type());
        return;
      }
    }
  }

  private static String channel(TensorInfo tensor, int number) {
    return tensor.scales().size() == 1 ? "" : " in channel " + number;
  }

  // ---------------------------------------------------------------- operations

  private void borders() {
    for (int input : info.inputs()) {
      if (!exists(input)) {
        noTensor("an input of the model is tensor " + input);
      } else if (info.tensors().get(input).isConstant()) {
        add(info.tensors().get(input), "is an input of the model and has values");
      }
    }
    for (int output : info.outputs()) {
      if (!exists(output)) {
        noTensor("an output of the model is tensor " + output);
      }
    }
    signature("input", info.signatureInputs());
    signature("output", info.signatureOutputs());
  }

  private void signature(String border, Map<String, Integer> tensors) {
    tensors.forEach(
        (name, tensor) -> {
          if (!exists(tensor)) {
            noTensor("the signature's " + border + " '" + name + "' is one");
          }
        });
  }

  /** That each tensor is there when it is read, and written once. */
  private void order() {
    BitSet ready = new BitSet();
    for (TensorInfo tensor : info.tensors()) {
      boolean isReady = tensor.isConstant() || tensor.shape().contains(0) || tensor.isVariable();
      ready.set(tensor.index(), isReady);
    }
    info.inputs().stream().filter(this::exists).forEach(ready::set);
    for (int i = 0; i < info.operations().size(); i++) {
      OperationInfo operation = info.operations().get(i);
      if (!isWhole(operation, graph.operators(i))) {
        continue;
      }
      for (int input : operation.inputs()) {
        // A custom operation may have operands to write to.
        if (input >= 0 && !ready.get(input) && !tables.isCustom(graph.operators(i))) {
          add(operation, info.tensors().get(input), "is read before it is computed");
          ready.set(input);
        }
      }
      TfliteOperator operator = TfliteOperator.of(operation.name());
      if (operator.needsScales()) {
        scaled(operation);
      }
      if (operator.needsOneType()) {
        sameType(operation);
      }
      for (int output : operation.outputs()) {
        TensorInfo tensor = info.tensors().get(output);
        if (ready.get(output) && !tensor.isVariable() && !tensor.shape().contains(0)) {
          add(operation, tensor, "is computed, though it has values already");
        }
        ready.set(output);
      }
    }
    for (int output : info.outputs()) {
      if (exists(output) && !ready.get(output)) {
        add(info.tensors().get(output), "is an output of the model that is never computed");
        ready.set(output);
      }
    }
  }

  private void scaled(OperationInfo operation) {
    Stream.of(operation.inputs(), operation.outputs())
        .flatMap(numbers -> info.tensors(numbers).stream())
        .filter(tensor -> INTEGERS.contains(tensor.type()) && !tensor.isQuantized())
        .forEach(tensor -> add(operation, tensor, "is %s without a scale", tensor.type()));
  }

  private void sameType(OperationInfo operation) {
    ValueType type = info.tensors().get(operation.outputs().get(0)).type();
    info.tensors(operation.inputs()).stream()
        .filter(input -> input.type() != type)
        .forEach(input -> add(operation, input, "is %s, the output %s", input.type(), type));
  }

  private boolean isWhole(OperationInfo operation, Operator table) {
    boolean exist =
        operation.inputs().stream().allMatch(n -> n == -1 || exists(n))
            && operation.outputs().stream().allMatch(this::exists)
            && tables.list(table.intermediatesLength(), table::intermediates).stream()
                .allMatch(n -> n == -1 || exists(n));
    if (!exist) {
      findings.add(
          Rule.STRUCTURE,
          operation,
          "reads %s and writes %s of %s tensors",
          operation.inputs(),
          operation.outputs(),
          info.tensors().size());
      return false;
    }
    TfliteOperator operator = TfliteOperator.of(operation.name());
    boolean isShapeAnOperand =
        operator == TfliteOperator.RESHAPE
            && table.builtinOptionsType() != BuiltinOptions.ReshapeOptions;
    int wanted = isShapeAnOperand ? 2 : operator.operands().least();
    int present = operator.operands().present();
    boolean isEnough =
        operation.inputs().size() >= wanted
            && !operation.outputs().isEmpty()
            && operation.inputs().stream()
                .limit(tables.isCustom(table) ? Math.min(wanted, present) : present)
                .allMatch(n -> n >= 0);
    if (!isEnough) {
      findings.add(
          Rule.STRUCTURE,
          operation,
          "reads %s and writes %s; wanted are %s operands or more, which are there, and a result",
          operation.inputs(),
          operation.outputs(),
          wanted);
    }
    return isEnough;
  }

  /** In total, what is computed. */
  private void total() {
    if (!findings.isEmpty()) {
      return;
    }
    long bytes = 0;
    for (TensorInfo tensor : info.tensors()) {
      bytes += tensor.isConstant() ? 0 : tensor.type().bytes(tensor.elements());
    }
    if (bytes > MOST_BYTES) {
      findings.add(Rule.STRUCTURE, "it computes %s bytes; %s are possible", bytes, MOST_BYTES);
    }
  }

  private boolean exists(int tensor) {
    return tensor >= 0 && tensor < info.tensors().size();
  }

  private void noTensor(String what) {
    findings.add(Rule.STRUCTURE, "%s of %s tensors", what, info.tensors().size());
  }

  private void add(TensorInfo tensor, String what, Object... values) {
    findings.add(Rule.STRUCTURE, tensor, what, values);
  }

  private void add(OperationInfo operation, TensorInfo tensor, String what, Object... values) {
    findings.add(Rule.STRUCTURE, operation, tensor, what, values);
  }

  private void scales(TensorInfo tensor, String what, Object... values) {
    findings.add(Rule.SCALES, tensor, what, values);
  }
}
