package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.Version;
import dev.detent.runtime.network.Operation.Lstm;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ExportOptions;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.CastOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.TensorType;

/**
 * What UNIDIRECTIONAL_SEQUENCE_LSTM has beside its input: one kernel for each of four gates and for
 * input and state, biases, and the state itself, which the operation keeps.
 *
 * <p>The quantized kernel reads the cell state's scale, which must be a power of two, from that
 * tensor, and the scale of the state from the last of five tensors that are inside the operation.
 */
record LstmTensors(
    ModelAssembly model,
    TrainedValues values,
    Function<Tensor, @Nullable Encoding> encodings,
    ToIntFunction<Tensor> indices,
    ExportOptions options) {
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

  /** All operands after the input, in the kernel's order. */
  int[] operands(Lstm lstm) {
    int units = lstm.units();
    String name = lstm.name();
    LayerWeights kernel = values.weights(name + "/kernel");
    LayerWeights recurrent = values.weights(name + "/recurrent_kernel");
    Encoding input = encodings.apply(lstm.x());
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
    Encoding hidden = encodings.apply(lstm.output());
    boolean isFloat = hidden == null;
    operands[state] =
        model.variable(
            name + "/output_state",
            isFloat ? TensorType.FLOAT32 : TensorType.INT8,
            shape,
            isFloat ? null : ModelAssembly.quantization(hidden));
    operands[state + 1] =
        model.variable(
            name + "/cell_state",
            isFloat ? TensorType.FLOAT32 : TensorType.INT16,
            shape,
            isFloat ? null : ModelAssembly.quantization(CELL_SCALE, 0));
    if (!options.keepsState()) {
      empty(lstm, shape, operands[state], operands[state + 1]);
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
  private void empty(Lstm lstm, int[] shape, int outputState, int cellState) {
    String name = lstm.name();
    Encoding input = encodings.apply(lstm.x());
    Encoding hidden = encodings.apply(lstm.output());
    boolean isFloat = hidden == null;
    byte type = isFloat ? TensorType.FLOAT32 : TensorType.INT8;
    int first =
        model.activation(
            name + "/first",
            type,
            new int[] {shape[0], 1},
            isFloat ? null : ModelAssembly.quantization(input));
    var slice = new StridedSliceOptionsT();
    slice.setBeginMask(BATCH);
    slice.setEndMask(BATCH);
    slice.setShrinkAxisMask(STEPS);
    model.operation(
        TfliteOperator.STRIDED_SLICE,
        version(TfliteOperator.STRIDED_SLICE, isFloat),
        new int[] {
          indices.applyAsInt(lstm.x()),
          model.list(name + "/first_begin", 0, 0, 0),
          model.list(name + "/first_end", 0, 1, 1),
          model.list(name + "/first_strides", 1, 1, 1)
        },
        new int[] {first},
        slice);
    int zeros =
        model.constant(
            name + "/zeros",
            type,
            new int[] {shape[1]},
            new byte[shape[1] * (isFloat ? Float.BYTES : Byte.BYTES)],
            isFloat ? null : ModelAssembly.quantization(hidden.scale() / (2 * input.scale()), 0));
    multiply(first, zeros, outputState, isFloat);
    if (isFloat) {
      multiply(first, zeros, cellState, true);
      return;
    }
    int narrow =
        model.activation(
            name + "/narrow_zeros", type, shape, ModelAssembly.quantization(hidden.scale(), 0));
    multiply(first, zeros, narrow, false);
    var cast = new CastOptionsT();
    cast.setInDataType(TensorType.INT8);
    cast.setOutDataType(TensorType.INT16);
    model.operation(
        TfliteOperator.CAST,
        TfliteOperator.CAST.versions().int8(),
        new int[] {narrow},
        new int[] {cellState},
        cast);
  }

  private static @Nullable Version version(TfliteOperator operator, boolean isFloat) {
    return isFloat ? operator.versions().real() : operator.versions().int8();
  }

  private void multiply(int a, int b, int product, boolean isFloat) {
    model.operation(
        TfliteOperator.MUL,
        version(TfliteOperator.MUL, isFloat),
        new int[] {a, b},
        new int[] {product},
        new MulOptionsT());
  }

  /**
   * The tensors inside: the gates' sums, and the state before it is handed on. They hold nothing
   * and only say how they are quantized: TFLite Micro refuses any with elements.
   */
  int[] inside(Lstm lstm) {
    int[] shape = {0};
    Encoding hidden = encodings.apply(lstm.output());
    int[] tensors = new int[GATES + 1];
    for (int gate = 0; gate < GATES; gate++) {
      tensors[gate] =
          model.unbatched(
              lstm.name() + "/" + NAMES[gate] + "_gate",
              TensorType.INT16,
              shape,
              ModelAssembly.quantization(GATE_SCALE, 0));
    }
    tensors[GATES] =
        model.unbatched(
            lstm.name() + "/hidden", TensorType.INT8, shape, ModelAssembly.quantization(hidden));
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
    return weights.isQuantized()
        ? model.constant(
            name,
            TensorTypes.ofWeights(weights.bits(), name),
            new int[] {units, rows},
            PackedIntegers.bytes(data, Byte.SIZE, name),
            ModelAssembly.quantization(weights.scales()[gate], 0))
        : model.floats(name, data, units, rows);
  }

  private int bias(String layer, LayerWeights weights, int gate, int units, Encoding input) {
    String name = layer + "/bias_" + NAMES[gate];
    float[] data = Arrays.copyOfRange(weights.bias(), gate * units, (gate + 1) * units);
    return weights.isQuantized()
        ? model.constant(
            name,
            TensorType.INT32,
            new int[] {units},
            PackedIntegers.int32(data, name),
            ModelAssembly.quantization(input.scale() * weights.scales()[gate], 0))
        : model.floats(name, data, units);
  }
}
