package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.tflite.ExportedModels;
import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.Version;
import dev.detent.runtime.internal.tflite.Versions;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Operation.Split;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.TfliteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.TensorType;

/**
 * Turns the description of a network and the numbers of a trained model into a {@code .tflite}
 * file.
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

  private final Network network;
  private final TrainedValues values;
  private final ExportOptions options;
  private final Map<Tensor, Tensor> deployed = new HashMap<>();
  private final List<Row> rows;
  private final ModelAssembly model;
  private final int batch;
  private final Map<Tensor, Integer> indices = new HashMap<>();
  private final Map<ActivationRange, Encoding> encodings = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private TfliteExporter(Network network, TrainedValues values, ExportOptions options) {
    this.network = network;
    this.values = values;
    this.options = options;
    rows = read();
    batch = options.isBatchDynamic() ? ExportOptions.DEFAULT_BATCH : options.batch();
    model = new ModelAssembly(isAnyBatchRight());
  }

  /** The operations whose results somebody reads: XNNPACK (TFLite 2.20) crashes on others. */
  private List<Row> read() {
    List<Row> all = new ArrayList<>();
    for (Operation operation : network.operations()) {
      Row row = Rows.of(operation);
      if (row.isInFile()) {
        all.add(row);
      } else {
        operation.inputs().forEach(x -> deployed.put(operation.output(), deployed(x)));
      }
    }
    Set<Tensor> wanted = new HashSet<>();
    network.outputs().forEach(output -> wanted.add(deployed(output)));
    List<Row> read = new LinkedList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      Operation operation = all.get(i).operation();
      if (wanted.contains(operation.output())) {
        read.add(0, all.get(i));
        operation.inputs().forEach(x -> wanted.add(deployed(x)));
      }
    }
    return read;
  }

  /** The tensor that this one is once deployed: dropout and second names are their inputs. */
  private Tensor deployed(Tensor tensor) {
    return deployed.getOrDefault(tensor, tensor);
  }

  private int index(Tensor tensor) {
    return Objects.requireNonNull(indices.get(deployed(tensor)), tensor.name());
  }

  /** Whether the file computes other batches than its own as well. */
  private boolean isAnyBatchRight() {
    return options.isBatchDynamic()
        || options.batch() == ExportOptions.DEFAULT_BATCH
            && rows.stream().noneMatch(this::isForOneBatch);
  }

  private boolean isForOneBatch(Row row) {
    return row.operator() == TfliteOperator.TRANSPOSE_CONV || keepsState(row);
  }

  private boolean keepsState(Row row) {
    return options.keepsState() && row.operator() == TfliteOperator.UNIDIRECTIONAL_SEQUENCE_LSTM;
  }

  /**
   * The bytes of a file.
   *
   * @throws TfliteException if the numbers do not fit the network, or a width cannot be exported
   */
  public static byte[] toBytes(Network network, TrainedValues values, ExportOptions options) {
    return ExportedModels.remember(new TfliteExporter(network, values, options).assemble());
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param check of the content, which throws if it must not be handed out
   * @return the file
   * @throws TfliteException if the numbers do not fit the network, a width cannot be exported, or
   *     the file cannot be written; a file that was there is then untouched
   */
  public static Path write(
      Network network,
      TrainedValues values,
      ExportOptions options,
      Consumer<byte[]> check,
      Path file) {
    byte[] model = toBytes(network, values, options);
    check.accept(model);
    try {
      AtomicFiles.write(file, out -> out.write(model));
    } catch (IOException e) {
      throw new TfliteException(String.valueOf(e.getMessage()), e);
    }
    return file;
  }

  private byte[] assemble() {
    if (options.keepsState()) {
      checkDirections();
    }
    if (options.isQuantized()) {
      Deployability.check(network.inputs(), rows, values, this::encoding);
    }
    network.inputs().forEach(this::addInput);
    var constants = new ConstantTensors(model, values, this::encoding, this::index, options);
    for (Row row : rows) {
      Operation operation = row.operation();
      if (!options.isQuantized() && isConversion(row)) {
        indices.put(operation.output(), index(operation.inputs().get(0)));
      } else if (operation instanceof Split split) {
        addSplit(row, split, constants);
      } else if (operation instanceof Operation.Parameter parameter) {
        names.add(parameter.name());
        indices.put(parameter.output(), constants.parameter(parameter));
      } else {
        WindowsShortOfTheEnd.replaced(operation)
            .forEach(replacement -> addOperation(Rows.of(replacement), constants));
      }
    }
    network.outputs().forEach(this::addOutput);
    boolean hasState = rows.stream().anyMatch(this::keepsState);
    return model.toBytes(options.description() + (hasState ? STATE_DESCRIPTION : ""));
  }

  /** A state goes on with the step after its last one; of what is read backwards, that is known. */
  private void checkDirections() {
    Set<Tensor> reversed = new HashSet<>();
    for (Row row : rows) {
      if (row.operation() instanceof Operation.StridedSlice slice && slice.isReversed()) {
        reversed.add(slice.output());
      } else if (row.operation() instanceof Operation.Lstm lstm
          && reversed.contains(deployed(lstm.x()))) {
        throw new TfliteException(
            "layer '"
                + lstm.name()
                + "' reads the last step first, so that its state cannot go on with the steps of the"
                + " next run: export without keepingState(), or read forward only");
      }
    }
  }

  private static boolean isConversion(Row row) {
    return row.operator() == TfliteOperator.QUANTIZE || row.operator() == TfliteOperator.DEQUANTIZE;
  }

  private void addInput(Operation.Input input) {
    Tensor tensor = input.output();
    Encoding encoding = encoding(tensor);
    BorderType type = options.inputType();
    if (encoding == null || type == BorderType.INT8) {
      byte real = input.isIndices() ? TensorType.INT32 : TensorType.FLOAT32;
      model.input(input.name(), activation(tensor, real));
      return;
    }
    int outside = border(tensor, encoding, type);
    int inside = activation(tensor);
    model.input(input.name(), outside);
    convert(TfliteOperator.QUANTIZE, encoding, outside, inside);
  }

  private void addOutput(Tensor output) {
    Tensor tensor = deployed(output);
    Encoding encoding = encoding(tensor);
    BorderType type = options.outputType();
    int inside = index(tensor);
    if (encoding == null || type == BorderType.INT8) {
      model.output(output.name(), inside);
      return;
    }
    int outside = border(tensor, encoding, type);
    convert(
        type == BorderType.UINT8 ? TfliteOperator.QUANTIZE : TfliteOperator.DEQUANTIZE,
        encoding,
        inside,
        outside);
    model.output(output.name(), outside);
  }

  private void convert(TfliteOperator operator, @Nullable Encoding encoding, int from, int to) {
    Versions versions = operator.versions();
    model.convert(operator, isWide(encoding) ? versions.int16() : versions.int8(), from, to);
  }

  private int border(Tensor tensor, Encoding encoding, BorderType type) {
    if (type == BorderType.UINT8 && isWide(encoding)) {
      throw new TfliteException(
          ("tensor '%s' has 16 bits, so it cannot be given as uint8; as float it can, and as the"
                  + " 16-bit integers that the model computes with")
              .formatted(tensor.name()));
    }
    return switch (type) {
      case UINT8 ->
          model.activation(
              unique(tensor.name() + "_uint8"),
              TensorType.UINT8,
              tensor.shape(batch),
              ModelAssembly.quantization(encoding.scale(), encoding.zeroPoint() + UINT8_OFFSET));
      case FLOAT32 -> reals(tensor);
      case INT8 -> throw new IllegalArgumentException("an int8 border is no border");
    };
  }

  private int reals(Tensor tensor) {
    return model.activation(
        unique(tensor.name() + "_float32"), TensorType.FLOAT32, tensor.shape(batch), null);
  }

  /** Where its scales are equal, TFLite's SUM takes the integers for the values, in 8 bits. */
  private void checkSum(Row row) {
    if (row.operator() != TfliteOperator.SUM) {
      return;
    }
    Tensor x = deployed(row.operation().inputs().get(0));
    Tensor y = row.operation().output();
    Encoding from = encoding(x);
    if (from != null && from.equals(encoding(y)) && x.elements() > y.elements()) {
      throw new TfliteException(
          ("layer '%s' has the scale and zero point of its input '%s', for which TFLite's int8 SUM"
                  + " is wrong; quantize with other examples, or train on")
              .formatted(y.name(), x.name()));
    }
  }

  private void addOperation(Row row, ConstantTensors constants) {
    checkSum(row);
    Operation operation = row.operation();
    int[] activations =
        operation.inputs().stream()
            .mapToInt(input -> isWidening(row) ? dequantized(deployed(input)) : index(input))
            .toArray();
    int[] operands = row.operands(activations, constants);
    boolean isIndices = operation instanceof Operation.ArgMax;
    int result = activation(operation.output(), isIndices ? TensorType.INT32 : TensorType.FLOAT32);
    if (operation instanceof Operation.Custom custom) {
      model.custom(custom.code(), custom.options(), operands, result);
      return;
    }
    model.operation(row.written(), version(row), operands, new int[] {result}, row.options());
    if (operation instanceof Operation.Lstm lstm && encoding(lstm.x()) != null) {
      model.insideOfLast(constants.lstm().inside(lstm));
    }
  }

  /** One operation for all parts of a tensor, at the first of them. */
  private void addSplit(Row row, Split cut, ConstantTensors constants) {
    if (indices.containsKey(cut.output())) {
      return;
    }
    Tensor whole = deployed(cut.x());
    int[] results = new int[cut.parts()];
    Arrays.fill(results, ModelAssembly.ABSENT);
    for (Row other : rows) {
      if (other.operation() instanceof Split part
          && deployed(part.x()) == whole
          && part.axis() == cut.axis()
          && part.parts() == cut.parts()) {
        if (results[part.index()] == ModelAssembly.ABSENT) {
          results[part.index()] = activation(part.output());
        } else {
          indices.put(part.output(), results[part.index()]);
        }
      }
    }
    for (int i = 0; i < results.length; i++) {
      if (results[i] == ModelAssembly.ABSENT) {
        results[i] =
            activation(new Tensor(whole.name() + "/part" + i, whole.range(), cut.output().shape()));
      }
    }
    int[] operands = row.operands(new int[] {index(whole)}, constants);
    model.operation(row.written(), version(row), operands, results, row.options());
  }

  /** No QUANTIZE makes 16 bits of 8: it reads real numbers there. */
  private boolean isWidening(Row row) {
    if (row.operator() != TfliteOperator.QUANTIZE) {
      return false;
    }
    Encoding input = encoding(row.operation().inputs().get(0));
    return input != null && !isWide(input) && isWide(encoding(row.operation().output()));
  }

  private int dequantized(Tensor tensor) {
    int reals = reals(tensor);
    convert(TfliteOperator.DEQUANTIZE, encoding(tensor), index(tensor), reals);
    return reals;
  }

  private @Nullable Version version(Row row) {
    Operation operation = row.operation();
    Versions versions = row.versions();
    Encoding input = encoding(operation.inputs().get(0));
    if (isWide(input) || isWide(encoding(operation.output()))) {
      return versions.int16();
    }
    if (input == null) {
      return versions.real();
    }
    boolean hasInt4 =
        versions.int4Weights() != null
            && values.weights(operation.name()).bits() == TensorTypes.INT4_BITS;
    return hasInt4 ? versions.int4Weights() : versions.int8();
  }

  private static boolean isWide(@Nullable Encoding encoding) {
    return encoding != null && encoding.bits() == Short.SIZE;
  }

  private int activation(Tensor tensor) {
    return activation(tensor, TensorType.FLOAT32);
  }

  /** An activation, of this type where it is not quantized. */
  private int activation(Tensor tensor, byte real) {
    Encoding encoding = encoding(tensor);
    String name = unique(tensor.name());
    int index =
        model.activation(
            name,
            encoding == null ? real : TensorTypes.ofActivation(encoding, name),
            tensor.shape(batch),
            encoding == null ? null : ModelAssembly.quantization(encoding));
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
  private @Nullable Encoding encoding(Tensor tensor) {
    return options.isQuantized() && tensor.range() != null
        ? encodings.computeIfAbsent(tensor.range(), this::settled)
        : null;
  }

  private Encoding settled(ActivationRange range) {
    Encoding encoding = range.fixed().orElseGet(() -> values.encoding(range));
    if (!(encoding.scale() > 0 && Float.isFinite(encoding.scale()))
        || encoding.zeroPoint() < range.lowest()
        || encoding.zeroPoint() > range.highest()) {
      throw new TfliteException(
          ("range '%s' has scale %s and zero point %s; the scale must be positive and finite, the"
                  + " zero point from %s to %s")
              .formatted(
                  range.name(),
                  encoding.scale(),
                  encoding.zeroPoint(),
                  range.lowest(),
                  range.highest()));
    }
    return encoding;
  }
}
