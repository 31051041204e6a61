package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.export.OperationAttributes.Recurrence;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.CastOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.TensorType;

/**
 * What UNIDIRECTIONAL_SEQUENCE_LSTM has beside its input: one kernel for each of four gates and for
 * input and state, biases, and the state itself, which the operation keeps.
 *
 * <p>The quantized kernel reads the cell state's scale, which must be a power of two, from that
 * tensor, and the scale of the state from the last of five tensors that are inside the operation.
 */
final class LstmTensors {
  private static final int GATES = 4;

  /** The bits of these axes of the input in a mask. */
  private static final int BATCH = 1;

  private static final int STEPS = 2;

  /** Peephole kernels that there are not. */
  private static final int PEEPHOLES = 3;

  /** Kernel and bias of a projection, which there is not. */
  private static final int PROJECTION = 2;

  /** Coefficients of a layer normalization, which there is not. */
  private static final int NORMALIZATION = 4;

  /** Steps of a gate's sum: the kernel's Q3.12. */
  private static final float GATE_SCALE = 0x1p-12f;

  /** Steps of the cell state: -16 to 16 in 16 bits. */
  private static final float CELL_SCALE = 0x1p-11f;

  private static final String[] NAMES = {"input", "forget", "cell", "output"};

  private final ModelAssembly model;
  private final TrainedValues values;
  private final Function<PlanTensor, Encoding> encodings;
  private final ToIntFunction<PlanTensor> indices;
  private final ExportOptions options;

  LstmTensors(
      ModelAssembly model,
      TrainedValues values,
      Function<PlanTensor, Encoding> encodings,
      ToIntFunction<PlanTensor> indices,
      ExportOptions options) {
    this.model = model;
    this.values = values;
    this.encodings = encodings;
    this.indices = indices;
    this.options = options;
  }

  /** All operands behind the input, in the kernel's order. */
  int[] operands(PlanOperation operation) {
    int units = ((Recurrence) operation.attributes()).units();
    String name = operation.layer();
    LayerWeights kernel = values.weights(name + "/kernel");
    LayerWeights recurrent = values.weights(name + "/recurrent_kernel");
    Encoding input = encodings.apply(operation.inputs().get(0));
    int[] operands = new int[2 * GATES + PEEPHOLES + GATES + PROJECTION + 2 + NORMALIZATION];
    Arrays.fill(operands, ModelAssembly.ABSENT);
    int bias = 2 * GATES + PEEPHOLES;
    int state = bias + GATES + PROJECTION;
    for (int gate = 0; gate < GATES; gate++) {
      operands[gate] = kernel(name + "/kernel_", kernel, gate, units);
      operands[GATES + gate] = kernel(name + "/recurrent_kernel_", recurrent, gate, units);
      operands[bias + gate] = bias(name, kernel, gate, units, input);
    }
    int[] shape = {options.isBatchDynamic() ? 1 : options.batch(), units};
    Encoding hidden = encodings.apply(operation.output());
    boolean isFloat = hidden == null;
    operands[state] =
        model.variable(
            name + "/output_state",
            isFloat ? TensorType.FLOAT32 : TensorType.INT8,
            shape,
            isFloat ? null : TfliteExporter.quantization(hidden.scale(), hidden.zeroPoint()));
    operands[state + 1] =
        model.variable(
            name + "/cell_state",
            isFloat ? TensorType.FLOAT32 : TensorType.INT16,
            shape,
            isFloat ? null : TfliteExporter.quantization(CELL_SCALE, 0));
    if (!options.keepsState()) {
      empty(operation, shape, operands[state], operands[state + 1]);
    }
    return operands;
  }

  /**
   * Writes zeros to the state in front of the operation, which would else go on where the last run
   * ended: its kernel takes only tensors that are kept.
   *
   * <p>They are made of the input, so that they have its batch, and as no runtime can compute them
   * once and for all: the first value of each sequence times zeros. What is written is an operand
   * of the operation, so that it comes first however a delegate cuts the model.
   */
  private void empty(PlanOperation operation, int[] shape, int outputState, int cellState) {
    String name = operation.layer();
    PlanTensor x = operation.inputs().get(0);
    Encoding input = encodings.apply(x);
    Encoding hidden = encodings.apply(operation.output());
    boolean isFloat = hidden == null;
    byte type = isFloat ? TensorType.FLOAT32 : TensorType.INT8;
    int first =
        model.activation(
            name + "/first",
            type,
            new int[] {shape[0], 1},
            isFloat ? null : TfliteExporter.quantization(input.scale(), input.zeroPoint()));
    var slice = new StridedSliceOptionsT();
    slice.setBeginMask(BATCH);
    slice.setEndMask(BATCH);
    slice.setShrinkAxisMask(STEPS);
    model.operation(
        BuiltinOperator.STRIDED_SLICE,
        isFloat ? new Version(1, "1.6.0") : new Version(2, "1.14.0"),
        new int[] {
          indices.applyAsInt(x),
          axes(name + "/first_begin", 0, 0, 0),
          axes(name + "/first_end", 0, 1, 1),
          axes(name + "/first_strides", 1, 1, 1)
        },
        new int[] {first},
        OperationTable.union(BuiltinOptions.StridedSliceOptions, slice));
    int zeros =
        model.constant(
            name + "/zeros",
            type,
            new int[] {shape[1]},
            new byte[shape[1] * (isFloat ? Float.BYTES : Byte.BYTES)],
            isFloat ? null : TfliteExporter.quantization(hidden.scale() / (2 * input.scale()), 0));
    multiply(first, zeros, outputState, isFloat);
    if (isFloat) {
      multiply(first, zeros, cellState, true);
      return;
    }
    int narrow =
        model.activation(
            name + "/narrow_zeros", type, shape, TfliteExporter.quantization(hidden.scale(), 0));
    multiply(first, zeros, narrow, false);
    var cast = new CastOptionsT();
    cast.setInDataType(TensorType.INT8);
    cast.setOutDataType(TensorType.INT16);
    model.operation(
        BuiltinOperator.CAST,
        new Version(3, "2.8.0"),
        new int[] {narrow},
        new int[] {cellState},
        OperationTable.union(BuiltinOptions.CastOptions, cast));
  }

  private int axes(String name, int... values) {
    return model.constant(
        name,
        TensorType.INT32,
        new int[] {values.length},
        ConstantTensors.bytesOfInts(values),
        null);
  }

  private void multiply(int a, int b, int product, boolean isFloat) {
    model.operation(
        BuiltinOperator.MUL,
        isFloat ? new Version(1, "1.5.0") : new Version(2, "1.14.0"),
        new int[] {a, b},
        new int[] {product},
        OperationTable.union(BuiltinOptions.MulOptions, new MulOptionsT()));
  }

  /**
   * The tensors inside: the gates' sums, and the state before it is handed on. They hold nothing
   * and only say how they are quantized: TFLite Micro refuses any with elements.
   */
  int[] inside(PlanOperation operation) {
    int[] shape = {0};
    Encoding hidden = encodings.apply(operation.output());
    int[] tensors = new int[GATES + 1];
    for (int gate = 0; gate < GATES; gate++) {
      tensors[gate] =
          model.inside(
              operation.layer() + "/" + NAMES[gate] + "_gate",
              TensorType.INT16,
              shape,
              TfliteExporter.quantization(GATE_SCALE, 0));
    }
    tensors[GATES] =
        model.inside(
            operation.layer() + "/hidden",
            TensorType.INT8,
            shape,
            TfliteExporter.quantization(hidden.scale(), hidden.zeroPoint()));
    return tensors;
  }

  /** One gate's columns as rows: {@code [units, in]}. */
  private int kernel(String prefix, LayerWeights weights, int gate, int units) {
    int rows = weights.kernelShape()[0];
    int columns = weights.kernelShape()[1];
    float[] data = new float[units * rows];
    for (int unit = 0; unit < units; unit++) {
      for (int row = 0; row < rows; row++) {
        data[unit * rows + row] = weights.kernel()[row * columns + gate * units + unit];
      }
    }
    String name = prefix + NAMES[gate];
    int[] shape = {units, rows};
    return weights.isQuantized()
        ? model.constant(
            name,
            TensorTypes.ofWeights(weights.bits(), name),
            shape,
            ConstantTensors.bytesOfInt8(data, name),
            TfliteExporter.quantization(weights.scales()[gate], 0))
        : model.constant(
            name, TensorType.FLOAT32, shape, ConstantTensors.bytesOfFloats(data), null);
  }

  private int bias(String layer, LayerWeights weights, int gate, int units, Encoding input) {
    String name = layer + "/bias_" + NAMES[gate];
    float[] data = Arrays.copyOfRange(weights.bias(), gate * units, (gate + 1) * units);
    int[] shape = {units};
    if (!weights.isQuantized()) {
      return model.constant(
          name, TensorType.FLOAT32, shape, ConstantTensors.bytesOfFloats(data), null);
    }
    QuantizationParametersT quantization =
        TfliteExporter.quantization(input.scale() * weights.scales()[gate], 0);
    return model.constant(
        name,
        TensorType.INT32,
        shape,
        ConstantTensors.bytesOfInts(ConstantTensors.int32(data, name)),
        quantization);
  }
}
