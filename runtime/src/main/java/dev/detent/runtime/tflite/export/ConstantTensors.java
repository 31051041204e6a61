package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.ShapeOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.TensorType;

/** Makes the constant tensors of operations, in TFLite's layout. */
final class ConstantTensors {
  private static final float LARGEST_INT32 = 0x1p31f;

  /**
   * The integer of a number that is added: the largest, as the scale that both operands are brought
   * to follows the coarser of theirs. One that is multiplied with is 1, which costs no rounding.
   */
  private static final int SUMMAND = 127;

  private static final int FACTOR = 1;

  private static final Version SHAPE_VERSION = new Version(1, "1.10.0");
  private static final Version SLICE_VERSION = new Version(1, "1.6.0");
  private static final Version CONCATENATION_VERSION = new Version(1, "1.5.0");

  private final ModelAssembly model;
  private final TrainedValues values;
  private final Function<PlanTensor, Encoding> encodings;
  private final ToIntFunction<PlanTensor> indices;
  private final ExportOptions options;
  private final boolean isQuantizedModel;

  /**
   * Constants of one model.
   *
   * @param encodings of the activations; null for one that is float in this file
   * @param indices of the activations that are in the file
   */
  ConstantTensors(
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
    isQuantizedModel = options.isQuantized();
  }

  /** An int32 constant; returns its index. */
  int int32(String name, int[] data, int... shape) {
    return model.constant(name, TensorType.INT32, shape, bytesOfInts(data), null);
  }

  /** Kernel HWIO to OHWI, and the bias, which is zeros where the layer has none. */
  int[] convolution(PlanOperation operation) {
    LayerWeights weights = weights(operation, 4);
    int[] s = weights.kernelShape();
    int taps = s[0] * s[1] * s[2];
    return kernelAndBias(
        operation,
        weights,
        transposed(weights.kernel(), taps, s[3]),
        new int[] {s[3], s[0], s[1], s[2]},
        0,
        true);
  }

  /** Kernel HWIM to 1HWC, which is the same order in memory, and the bias. */
  int[] depthwiseConvolution(PlanOperation operation) {
    LayerWeights weights = weights(operation, 4);
    int[] s = weights.kernelShape();
    return kernelAndBias(
        operation, weights, weights.kernel(), new int[] {1, s[0], s[1], s[2] * s[3]}, 3, true);
  }

  /** The output's shape, the kernel HWOI as OHWI, and the bias. */
  int[] transposedConvolution(PlanOperation operation) {
    LayerWeights weights = weights(operation, 4);
    int[] s = weights.kernelShape();
    float[] from = weights.kernel();
    float[] kernel = new float[from.length];
    int taps = s[0] * s[1];
    for (int tap = 0; tap < taps; tap++) {
      for (int channel = 0; channel < s[2]; channel++) {
        System.arraycopy(
            from, (tap * s[2] + channel) * s[3], kernel, (channel * taps + tap) * s[3], s[3]);
      }
    }
    int[] kernelAndBias =
        kernelAndBias(operation, weights, kernel, new int[] {s[2], s[0], s[1], s[3]}, 0, true);
    int[] shape = operation.output().shape();
    var strides = (OperationAttributes.TransposedConvolution) operation.attributes();
    if (shape[1] < strides.strideHeight() || shape[2] < strides.strideWidth()) {
      throw new TfliteException(
          "the output of layer '"
              + operation.layer()
              + "' is "
              + shape[1]
              + " by "
              + shape[2]
              + ", less than its strides "
              + strides.strideHeight()
              + " and "
              + strides.strideWidth()
              + "; XNNPACK (TFLite 2.20) writes outside its memory on such a TRANSPOSE_CONV");
    }
    return new int[] {outputShape(operation), kernelAndBias[0], kernelAndBias[1]};
  }

  /** The output's shape as a tensor: constant, or computed where the batch is the application's. */
  private int outputShape(PlanOperation operation) {
    String layer = operation.layer();
    String name = layer + "/output_shape";
    if (!options.isBatchDynamic()) {
      int[] shape = operation.output().shape(options.batch());
      return int32(name, shape, shape.length);
    }
    PlanTensor x = operation.inputs().get(0);
    int[] dims = operation.output().dims();
    var ofSizes = new ShapeOptionsT();
    ofSizes.setOutType(TensorType.INT32);
    int sizes = model.sizedResult(layer + "/sizes", TensorType.INT32, new int[] {x.shape().length});
    model.operation(
        BuiltinOperator.SHAPE,
        SHAPE_VERSION,
        new int[] {indices.applyAsInt(x)},
        new int[] {sizes},
        OperationTable.union(BuiltinOptions.ShapeOptions, ofSizes));
    int batch = model.sizedResult(layer + "/batch", TensorType.INT32, new int[] {1});
    model.operation(
        BuiltinOperator.STRIDED_SLICE,
        SLICE_VERSION,
        new int[] {
          sizes,
          int32(layer + "/batch_begin", new int[] {0}, 1),
          int32(layer + "/batch_end", new int[] {1}, 1),
          int32(layer + "/batch_strides", new int[] {1}, 1)
        },
        new int[] {batch},
        OperationTable.union(BuiltinOptions.StridedSliceOptions, new StridedSliceOptionsT()));
    int shape = model.sizedResult(name, TensorType.INT32, new int[] {dims.length + 1});
    model.operation(
        BuiltinOperator.CONCATENATION,
        CONCATENATION_VERSION,
        new int[] {batch, int32(layer + "/dims", dims, dims.length)},
        new int[] {shape},
        OperationTable.union(BuiltinOptions.ConcatenationOptions, new ConcatenationOptionsT()));
    return shape;
  }

  /** The layer's constant, one number a channel. */
  int[] constantOperand(PlanOperation operation) {
    String layer = operation.layer();
    LayerConstant constant = values.constant(layer);
    float[] data = constant.values();
    Encoding encoding = constant.encoding();
    String constantName = layer + "/constant";
    boolean isInteger = isQuantizedModel && encodings.apply(operation.inputs().get(0)) != null;
    if (isInteger != (encoding != null)) {
      throw new TfliteException(
          "layer '"
              + layer
              + (isInteger
                  ? "' is quantized in the plan, but its constant is float"
                  : "' is float in this file, but its constant is integers"));
    }
    int[] shape = {data.length};
    if (encoding == null) {
      return new int[] {
        model.constant(constantName, TensorType.FLOAT32, shape, bytesOfFloats(data), null)
      };
    }
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) encoding.quantize(data[i]);
    }
    var quantization = new QuantizationParametersT();
    quantization.setScale(new float[] {encoding.scale()});
    quantization.setZeroPoint(new long[] {encoding.zeroPoint()});
    return new int[] {model.constant(constantName, TensorType.INT8, shape, bytes, quantization)};
  }

  /** Kernel IO to OI, and the bias if there is one. */
  int[] fullyConnected(PlanOperation operation) {
    LayerWeights weights = weights(operation, 2);
    int[] s = weights.kernelShape();
    return kernelAndBias(
        operation,
        weights,
        transposed(weights.kernel(), s[0], s[1]),
        new int[] {s[1], s[0]},
        0,
        false);
  }

  /** The constants and the state of an LSTM. */
  LstmTensors lstm() {
    return new LstmTensors(model, values, encodings, indices, options);
  }

  /** A trained constant, quantized as its range says; returns its index. */
  int parameter(PlanOperation operation) {
    String name = operation.layer();
    LayerWeights weights = values.weights(name);
    Encoding encoding = encodings.apply(operation.output());
    float[] data = weights.kernel();
    int[] shape = weights.kernelShape();
    if (encoding == null) {
      return model.constant(name, TensorType.FLOAT32, shape, bytesOfFloats(data), null);
    }
    float[] integers = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      integers[i] = encoding.quantize(data[i]);
    }
    return model.constant(
        name,
        TensorTypes.ofActivation(encoding, name),
        shape,
        bytesOfInt8(integers, name),
        TfliteExporter.quantization(encoding.scale(), encoding.zeroPoint()));
  }

  /** Alpha of a PRELU, in the shape that it has. */
  int alpha(PlanOperation operation) {
    LayerWeights weights = weights(operation);
    String name = operation.layer() + "/alpha";
    int[] shape = weights.kernelShape();
    return weights.isQuantized()
        ? model.constant(
            name,
            TensorTypes.ofWeights(weights.bits(), operation.layer()),
            shape,
            bytesOfInt8(weights.kernel(), name),
            quantization(weights.scales(), 0))
        : model.constant(name, TensorType.FLOAT32, shape, bytesOfFloats(weights.kernel()), null);
  }

  /** One number, in a range of its own. */
  int scalar(PlanOperation operation, double value) {
    if (encodings.apply(operation.inputs().get(0)) == null) {
      return floatScalar(operation, value);
    }
    int magnitude = operation.kind() == OperationKind.MUL ? FACTOR : SUMMAND;
    float scale = (float) Math.abs(value) / magnitude;
    byte[] integer = {(byte) (value < 0 ? -magnitude : magnitude)};
    return model.constant(
        operation.layer() + "/constant",
        TensorType.INT8,
        new int[0],
        integer,
        quantization(new float[] {scale}, 0));
  }

  /** One number, on the grid of the operation's first input. */
  int scalarOnGrid(PlanOperation operation, double value) {
    Encoding encoding = encodings.apply(operation.inputs().get(0));
    if (encoding == null) {
      return floatScalar(operation, value);
    }
    var quantization = quantization(new float[] {encoding.scale()}, 0);
    quantization.setZeroPoint(new long[] {encoding.zeroPoint()});
    byte[] integer = {(byte) encoding.quantize((float) value)};
    return model.constant(
        operation.layer() + "/constant", TensorType.INT8, new int[0], integer, quantization);
  }

  private int floatScalar(PlanOperation operation, double value) {
    return model.constant(
        operation.layer() + "/constant",
        TensorType.FLOAT32,
        new int[0],
        bytesOfFloats(new float[] {(float) value}),
        null);
  }

  /** A weight as it is, in TensorFlow's layout: integers where it is quantized. */
  int weight(String name) {
    LayerWeights weights = values.weights(name);
    if (weights == null) {
      throw new TfliteException("there is no trained weight '" + name + "'");
    }
    int[] shape = weights.kernelShape();
    if (!weights.isQuantized()) {
      return model.constant(name, TensorType.FLOAT32, shape, bytesOfFloats(weights.kernel()), null);
    }
    return model.constant(
        name,
        TensorTypes.ofWeights(weights.bits(), name),
        shape,
        PackedIntegers.bytes(weights.kernel(), weights.bits(), name),
        quantization(weights.scales(), Math.max(0, shape.length - 1)));
  }

  private LayerWeights weights(PlanOperation operation) {
    String layer = operation.layer();
    LayerWeights weights = values.weights(layer);
    if (weights == null) {
      throw new TfliteException("layer '" + layer + "' has no trained weights");
    }
    boolean shouldBeQuantized =
        isQuantizedModel && encodings.apply(operation.inputs().get(0)) != null;
    if ((shouldBeQuantized || !isQuantizedModel) && weights.isQuantized() != shouldBeQuantized) {
      throw new TfliteException(
          "layer '"
              + layer
              + (shouldBeQuantized
                  ? "' is quantized in the plan, but its weights are float"
                  : "' is float in this file, but its weights are integers"));
    }
    return weights;
  }

  private LayerWeights weights(PlanOperation operation, int rank) {
    String layer = operation.layer();
    LayerWeights weights = weights(operation);
    if (weights.kernelShape().length != rank) {
      throw new TfliteException(
          "the kernel of layer '"
              + layer
              + "' has the shape "
              + Arrays.toString(weights.kernelShape())
              + "; it should have "
              + rank
              + " sizes");
    }
    return weights;
  }

  private int[] kernelAndBias(
      PlanOperation operation,
      LayerWeights weights,
      float[] kernel,
      int[] shape,
      int channelAxis,
      boolean needsBias) {
    String layer = operation.layer();
    int channels = shape[channelAxis];
    float[] bias = weights.bias();
    if (bias == null && needsBias) {
      bias = new float[channels];
    }
    if (bias != null && bias.length != channels) {
      throw new TfliteException(
          "layer '" + layer + "' has " + channels + " channels, but " + bias.length + " biases");
    }
    String kernelName = layer + "/kernel";
    String biasName = layer + "/bias";
    if (!weights.isQuantized()) {
      int kernelIndex =
          model.constant(kernelName, TensorType.FLOAT32, shape, bytesOfFloats(kernel), null);
      int biasIndex =
          bias == null
              ? ModelAssembly.ABSENT
              : model.constant(
                  biasName, TensorType.FLOAT32, new int[] {channels}, bytesOfFloats(bias), null);
      return new int[] {kernelIndex, biasIndex};
    }
    float[] scales = weights.scales();
    if (scales.length != 1 && scales.length != channels) {
      throw new TfliteException(
          "layer '" + layer + "' has " + channels + " channels, but " + scales.length + " scales");
    }
    for (float scale : scales) {
      if (!(scale > 0 && Float.isFinite(scale))) {
        throw new TfliteException(
            "layer '" + layer + "' has a kernel scale of " + scale + "; it must be positive");
      }
    }
    int kernelIndex =
        model.constant(
            kernelName,
            TensorTypes.ofWeights(weights.bits(), layer),
            shape,
            PackedIntegers.bytes(kernel, weights.bits(), kernelName),
            quantization(scales, channelAxis));
    Encoding input = encodings.apply(operation.inputs().get(0));
    if (input == null) {
      int biasIndex =
          bias == null
              ? ModelAssembly.ABSENT
              : model.constant(
                  biasName, TensorType.FLOAT32, new int[] {channels}, bytesOfFloats(bias), null);
      return new int[] {dequantized(kernelName, kernelIndex, shape, scales.length > 1), biasIndex};
    }
    if (bias == null) {
      return new int[] {kernelIndex, ModelAssembly.ABSENT};
    }
    float inputScale = input.scale();
    float[] biasScales = new float[scales.length];
    for (int i = 0; i < scales.length; i++) {
      biasScales[i] = inputScale * scales[i];
    }
    boolean isWide = input.bits() == Short.SIZE;
    int biasIndex =
        model.constant(
            biasName,
            isWide ? TensorType.INT64 : TensorType.INT32,
            new int[] {channels},
            isWide ? PackedIntegers.int64(bias, biasName) : bytesOfInts(int32(bias, biasName)),
            quantization(biasScales, 0));
    return new int[] {kernelIndex, biasIndex};
  }

  /** The weights of a float layer as real numbers: the file holds them as integers. */
  private int dequantized(String name, int integers, int[] shape, boolean isPerChannel) {
    int reals = model.sizedResult(name + "_float32", TensorType.FLOAT32, shape);
    OperationTable.Row row = OperationTable.of(OperationKind.DEQUANTIZE);
    model.operation(
        row.code(),
        isPerChannel ? WideVersions.DEQUANTIZE_PER_CHANNEL : WideVersions.DEQUANTIZE_PER_TENSOR,
        new int[] {integers},
        new int[] {reals},
        row.options().apply(null));
    return reals;
  }

  private static QuantizationParametersT quantization(float[] scales, int axis) {
    var quantization = new QuantizationParametersT();
    quantization.setScale(scales);
    quantization.setZeroPoint(new long[scales.length]);
    quantization.setQuantizedDimension(scales.length > 1 ? axis : 0);
    return quantization;
  }

  /** Of a matrix {@code [rows, columns]}. */
  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = matrix[row * columns + column];
      }
    }
    return result;
  }

  static byte[] bytesOfInt8(float[] data, String name) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
      if (bytes[i] != data[i]) {
        throw new TfliteException(name + " holds " + data[i] + ", which is no 8-bit integer");
      }
    }
    return bytes;
  }

  static int[] int32(float[] data, String name) {
    int[] result = new int[data.length];
    for (int i = 0; i < data.length; i++) {
      float value = data[i];
      if (!(value >= -LARGEST_INT32 && value < LARGEST_INT32) || value != Math.rint(value)) {
        throw new TfliteException(
            name
                + " holds "
                + value
                + ", which is no 32-bit integer"
                + (Math.abs(value) >= LARGEST_INT32
                    ? "; the channel's kernel scale is too small beside its bias"
                    : ""));
      }
      result[i] = (int) value;
    }
    return result;
  }

  static byte[] bytesOfInts(int[] data) {
    ByteBuffer buffer =
        ByteBuffer.allocate(data.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(data);
    return buffer.array();
  }

  static byte[] bytesOfFloats(float[] data) {
    ByteBuffer buffer =
        ByteBuffer.allocate(data.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(data);
    return buffer.array();
  }
}
