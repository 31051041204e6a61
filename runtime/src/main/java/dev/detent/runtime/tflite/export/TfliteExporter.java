package dev.detent.runtime.tflite.export;

import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.tflite.ExportedModels;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.export.ExportOptions.BorderType;
import dev.detent.runtime.tflite.export.OperationAttributes.Part;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.TensorType;

/**
 * Turns a plan and the numbers of a trained model into a {@code .tflite} file.
 *
 * <p>In a float export every tensor is float and QUANTIZE and DEQUANTIZE vanish. In a quantized one
 * tensors with a range are integers. Inputs and outputs of another type than int8 get a QUANTIZE or
 * DEQUANTIZE at the border, as TFLite's converter writes them; the tensor outside is then called
 * {@code <name>_uint8} or {@code <name>_float32}, while the layer's own name stays with the layer's
 * own tensor. The signature has the plain names always. Tensors without a range keep float at the
 * border.
 */
public final class TfliteExporter {
  private static final int UINT8_OFFSET = 128;

  private static final String STATE_DESCRIPTION =
      "; LSTM layers keep their state from run to run: call ResetVariableTensors before each new"
          + " sequence";

  private final Plan plan;
  private final TrainedValues values;
  private final ExportOptions options;
  private final ModelAssembly model;
  private final int batch;
  private final Map<PlanTensor, Integer> indices = new IdentityHashMap<>();
  private final Map<ActivationRange, Encoding> encodings = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private TfliteExporter(Plan plan, TrainedValues values, ExportOptions options) {
    this.plan = new Plan(plan.inputs(), read(plan), plan.outputs());
    this.values = values;
    this.options = options;
    batch = options.isBatchDynamic() ? ExportOptions.DEFAULT_BATCH : options.batch();
    model = new ModelAssembly(isAnyBatchRight());
  }

  /** The operations whose results somebody reads: XNNPACK (TFLite 2.20) crashes on others. */
  private static List<PlanOperation> read(Plan plan) {
    Set<PlanTensor> wanted = new HashSet<>();
    plan.outputs().forEach(output -> wanted.add(output.tensor()));
    List<PlanOperation> operations = new LinkedList<>();
    for (int i = plan.operations().size() - 1; i >= 0; i--) {
      PlanOperation operation = plan.operations().get(i);
      if (wanted.contains(operation.output())) {
        operations.add(0, operation);
        wanted.addAll(operation.inputs());
      }
    }
    return operations;
  }

  /** Whether the file computes other batches than its own as well. */
  private boolean isAnyBatchRight() {
    return options.isBatchDynamic()
        || options.batch() == ExportOptions.DEFAULT_BATCH
            && plan.operations().stream().noneMatch(this::isForOneBatch);
  }

  private boolean isForOneBatch(PlanOperation operation) {
    return operation.kind() == OperationKind.TRANSPOSE_CONV
        || operation.kind() == OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM && options.keepsState();
  }

  /**
   * The bytes of a file.
   *
   * @throws TfliteException if the numbers do not fit the plan, or a width cannot be exported
   */
  public static byte[] toBytes(Plan plan, TrainedValues values, ExportOptions options) {
    return ExportedModels.remember(new TfliteExporter(plan, values, options).assemble());
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param check of the content, which throws if it must not be handed out
   * @return the file
   * @throws TfliteException if the numbers do not fit the plan, a width cannot be exported, or the
   *     file cannot be written; a file that was there is then untouched
   */
  public static Path write(
      Plan plan, TrainedValues values, ExportOptions options, Consumer<byte[]> check, Path file) {
    byte[] model = toBytes(plan, values, options);
    check.accept(model);
    try {
      AtomicFiles.write(file, out -> out.write(model));
    } catch (IOException e) {
      throw new TfliteException(e.getMessage(), e);
    }
    return file;
  }

  private byte[] assemble() {
    if (options.isQuantized()) {
      Deployability.check(plan, values, this::encoding);
    }
    plan.inputs().forEach(this::addInput);
    var constants = new ConstantTensors(model, values, this::encoding, indices::get, options);
    for (PlanOperation operation : plan.operations()) {
      if (!options.isQuantized() && isConversion(operation)) {
        indices.put(operation.output(), indices.get(operation.inputs().get(0)));
      } else if (operation.kind() == OperationKind.SPLIT) {
        addSplit(operation, constants);
      } else if (operation.kind() == OperationKind.PARAMETER) {
        names.add(operation.layer());
        indices.put(operation.output(), constants.parameter(operation));
      } else {
        WindowsShortOfTheEnd.replaced(operation, values)
            .forEach(replacement -> addOperation(replacement, constants));
      }
    }
    plan.outputs().forEach(this::addOutput);
    return model.toBytes(description());
  }

  private String description() {
    boolean hasState =
        options.keepsState()
            && plan.operations().stream()
                .anyMatch(
                    operation -> operation.kind() == OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM);
    return options.description() + (hasState ? STATE_DESCRIPTION : "");
  }

  private static boolean isConversion(PlanOperation operation) {
    return operation.kind() == OperationKind.QUANTIZE
        || operation.kind() == OperationKind.DEQUANTIZE;
  }

  private void addInput(PlanTensor input) {
    Encoding encoding = encoding(input);
    BorderType type = options.inputType();
    if (encoding == null || type == BorderType.INT8) {
      model.input(input.name(), activation(input));
      return;
    }
    int outside = border(input, encoding, type);
    int inside = activation(input);
    model.input(input.name(), outside);
    convert(OperationKind.QUANTIZE, encoding, outside, inside);
  }

  private void addOutput(Plan.Output output) {
    PlanTensor tensor = output.tensor();
    Encoding encoding = encoding(tensor);
    BorderType type = options.outputType();
    int inside = indices.get(tensor);
    if (encoding == null || type == BorderType.INT8) {
      model.output(output.name(), inside);
      return;
    }
    int outside = border(tensor, encoding, type);
    convert(
        type == BorderType.UINT8 ? OperationKind.QUANTIZE : OperationKind.DEQUANTIZE,
        encoding,
        inside,
        outside);
    model.output(output.name(), outside);
  }

  private void convert(OperationKind kind, Encoding encoding, int from, int to) {
    OperationTable.Row row = OperationTable.of(kind);
    model.operation(
        row.code(),
        isWide(encoding) ? WideVersions.int16(kind) : row.int8Version().apply(null),
        new int[] {from},
        new int[] {to},
        row.options().apply(null));
  }

  private int border(PlanTensor tensor, Encoding encoding, BorderType type) {
    if (type == BorderType.UINT8 && isWide(encoding)) {
      throw new TfliteException(
          "tensor '"
              + tensor.name()
              + "' has 16 bits, so it cannot be given as uint8; as float it can, and as the 16-bit"
              + " integers that the model computes with");
    }
    return switch (type) {
      case UINT8 ->
          model.activation(
              unique(tensor.name() + "_uint8"),
              TensorType.UINT8,
              tensor.shape(batch),
              quantization(encoding.scale(), encoding.zeroPoint() + UINT8_OFFSET));
      case FLOAT32 ->
          model.activation(
              unique(tensor.name() + "_float32"), TensorType.FLOAT32, tensor.shape(batch), null);
      case INT8 -> throw new IllegalArgumentException("an int8 border is no border");
    };
  }

  /** Where its scales are equal, TFLite's SUM takes the integers for the values, in 8 bits. */
  private void checkSum(PlanOperation operation) {
    PlanTensor x = operation.inputs().get(0);
    Encoding from = encoding(x);
    if (operation.kind() == OperationKind.SUM
        && from != null
        && from.equals(encoding(operation.output()))
        && x.elements() > operation.output().elements()) {
      throw new TfliteException(
          "layer '"
              + operation.layer()
              + "' has the scale and zero point of its input '"
              + x.name()
              + "', for which TFLite's int8 SUM is wrong; quantize with other examples, or train"
              + " on");
    }
  }

  private void addOperation(PlanOperation operation, ConstantTensors constants) {
    checkSum(operation);
    OperationTable.Row row = OperationTable.of(operation.kind());
    int[] activations =
        operation.inputs().stream()
            .mapToInt(input -> isWidening(operation) ? dequantized(input) : indices.get(input))
            .toArray();
    int[] operands = row.operands(activations, row.constants().add(operation, constants));
    if (operation.attributes() instanceof OperationAttributes.Custom custom) {
      model.custom(custom.code(), custom.options(), operands, activation(operation.output()));
      return;
    }
    boolean isInteger = encoding(operation.inputs().get(0)) != null;
    model.operation(
        row.code(),
        version(operation, row),
        operands,
        new int[] {activation(operation.output())},
        row.options() == null ? null : row.options().apply(operation));
    if (isInteger && operation.kind() == OperationKind.UNIDIRECTIONAL_SEQUENCE_LSTM) {
      model.insideOfLast(constants.lstm().inside(operation));
    }
  }

  /** One operation for all parts of a tensor, at the first of them. */
  private void addSplit(PlanOperation operation, ConstantTensors constants) {
    if (indices.containsKey(operation.output())) {
      return;
    }
    Part cut = (Part) operation.attributes();
    PlanTensor whole = operation.inputs().get(0);
    PlanTensor[] parts = new PlanTensor[cut.parts()];
    for (PlanOperation other : plan.operations()) {
      if (operation.isCutLike(other)) {
        int index = ((Part) other.attributes()).index();
        if (parts[index] == null) {
          parts[index] = other.output();
          activation(other.output());
        } else {
          indices.put(other.output(), indices.get(parts[index]));
        }
      }
    }
    int[] results = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      results[i] =
          parts[i] == null
              ? activation(
                  new PlanTensor(
                      whole.name() + "/part" + i,
                      operation.output().dims(),
                      whole.range().orElse(null)))
              : indices.get(parts[i]);
    }
    OperationTable.Row row = OperationTable.of(OperationKind.SPLIT);
    int axis = constants.int32(operation.layer() + "/axis", new int[] {cut.axis()});
    model.operation(
        row.code(),
        (encoding(whole) != null ? row.int8Version() : row.floatVersion()).apply(operation),
        new int[] {axis, indices.get(whole)},
        results,
        row.options().apply(operation));
  }

  /** No QUANTIZE makes 16 bits of 8: it reads real numbers there. */
  private boolean isWidening(PlanOperation operation) {
    Encoding input = encoding(operation.inputs().get(0));
    return operation.kind() == OperationKind.QUANTIZE
        && input != null
        && !isWide(input)
        && isWide(encoding(operation.output()));
  }

  private int dequantized(PlanTensor tensor) {
    int reals =
        model.activation(
            unique(tensor.name() + "_float32"), TensorType.FLOAT32, tensor.shape(batch), null);
    convert(OperationKind.DEQUANTIZE, encoding(tensor), indices.get(tensor), reals);
    return reals;
  }

  private OperationTable.Version version(PlanOperation operation, OperationTable.Row row) {
    Encoding input = encoding(operation.inputs().get(0));
    Encoding output = encoding(operation.output());
    if (isWide(input) || isWide(output)) {
      return WideVersions.int16(operation.kind());
    }
    if (input == null) {
      return row.floatVersion().apply(operation);
    }
    boolean hasInt4 =
        WideVersions.int4Weights(operation.kind()) != null
            && values.weights(operation.layer()).bits() == TensorTypes.INT4_BITS;
    return hasInt4
        ? WideVersions.int4Weights(operation.kind())
        : row.int8Version().apply(operation);
  }

  private static boolean isWide(Encoding encoding) {
    return encoding != null && encoding.bits() == Short.SIZE;
  }

  private int activation(PlanTensor tensor) {
    Encoding encoding = encoding(tensor);
    String name = unique(tensor.name());
    int index =
        encoding == null
            ? model.activation(
                name,
                tensor.isIndices() ? TensorType.INT32 : TensorType.FLOAT32,
                tensor.shape(batch),
                null)
            : model.activation(
                name,
                TensorTypes.ofActivation(encoding, name),
                tensor.shape(batch),
                quantization(encoding.scale(), encoding.zeroPoint()));
    indices.put(tensor, index);
    return index;
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; !names.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /** The encoding of a tensor; null if it is float in this file. */
  private Encoding encoding(PlanTensor tensor) {
    if (!options.isQuantized() || tensor.isFloat()) {
      return null;
    }
    return encodings.computeIfAbsent(tensor.range().orElseThrow(), this::settled);
  }

  private Encoding settled(ActivationRange range) {
    Encoding encoding =
        range.kind() == ActivationRange.Kind.FIXED
            ? new Encoding((float) range.fixedScale(), range.fixedZeroPoint(), range.bits())
            : values.encoding(range);
    if (encoding == null) {
      throw new TfliteException("range '" + range.name() + "' is not known yet; quantize first");
    }
    if (!(encoding.scale() > 0 && Float.isFinite(encoding.scale()))
        || encoding.zeroPoint() < range.lowest()
        || encoding.zeroPoint() > range.highest()) {
      throw new TfliteException(
          "range '"
              + range.name()
              + "' has scale "
              + encoding.scale()
              + " and zero point "
              + encoding.zeroPoint()
              + "; the scale must be positive and finite, the zero point from "
              + range.lowest()
              + " to "
              + range.highest());
    }
    return encoding;
  }

  static QuantizationParametersT quantization(float scale, int zeroPoint) {
    var quantization = new QuantizationParametersT();
    quantization.setScale(new float[] {scale});
    quantization.setZeroPoint(new long[] {zeroPoint});
    return quantization;
  }
}
