package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.TfliteException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.CastOptionsT;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.GreaterOptionsT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.ShapeOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.TensorType;

/**
 * Makes the constant tensors of operations, in TFLite's layout, and returns their indices.
 *
 * @param encodings of the activations; null for one that is float in this file
 * @param indices of the activations that are in the file
 */
record ConstantTensors(
    ModelAssembly model,
    TrainedValues values,
    Function<Tensor, @Nullable Encoding> encodings,
    ToIntFunction<Tensor> indices,
    ExportOptions options) {
  /**
   * The integer of a number that is added: the largest, as the scale that both operands are brought
   * to follows the coarser of theirs. One that is multiplied with is 1, which costs no rounding.
   */
  private static final int SUMMAND = 127;

  private static final int FACTOR = 1;

  /** A list of int32. */
  int list(String name, int... data) {
    return model.list(name, data);
  }

  /** One int32. */
  int scalar(String name, int value) {
    return model.ints(name, new int[] {value});
  }

  /** What is added before and after each axis, the batch among them. */
  int paddings(Operation.Pad pad) {
    int axes = pad.before().size() + 1;
    int[] data = new int[2 * axes];
    for (int i = 1; i < axes; i++) {
      data[2 * i] = pad.before().get(i - 1);
      data[2 * i + 1] = pad.after().get(i - 1);
    }
    return model.ints(pad.name() + "/paddings", data, axes, 2);
  }

  /** Kernel HWIO to OHWI, and the bias, which is zeros where the layer has none. */
  int[] convolution(Weighted layer) {
    LayerWeights weights = weights(layer, 4);
    int[] s = weights.kernelShape();
    float[] kernel = transposed(weights.kernel(), s[0] * s[1] * s[2], s[3]);
    return kernelAndBias(layer, weights, kernel, new int[] {s[3], s[0], s[1], s[2]}, 0);
  }

  /** Kernel HWIM to 1HWC, which is the same order in memory, and the bias. */
  int[] depthwiseConvolution(Weighted layer) {
    LayerWeights weights = weights(layer, 4);
    int[] s = weights.kernelShape();
    return kernelAndBias(
        layer, weights, weights.kernel(), new int[] {1, s[0], s[1], s[2] * s[3]}, 3);
  }

  /** Kernel IO to OI, and the bias if there is one. */
  int[] fullyConnected(Weighted layer) {
    LayerWeights weights = weights(layer, 2);
    int[] s = weights.kernelShape();
    float[] kernel = transposed(weights.kernel(), s[0], s[1]);
    return kernelAndBias(layer, weights, kernel, new int[] {s[1], s[0]}, 0);
  }

  /** The output's shape, the kernel HWOI as OHWI, and the bias. */
  int[] transposedConvolution(Weighted layer) {
    LayerWeights weights = weights(layer, 4);
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
        kernelAndBias(layer, weights, kernel, new int[] {s[2], s[0], s[1], s[3]}, 0);
    int[] shape = layer.output().shape();
    Operation.Window window = layer.window();
    if (shape[0] < window.strideHeight() || shape[1] < window.strideWidth()) {
      throw new TfliteException(
          ("the output of layer '%s' is %s by %s, less than its strides %s and %s; XNNPACK (TFLite"
                  + " 2.20) writes outside its memory on such a TRANSPOSE_CONV")
              .formatted(
                  layer.name(), shape[0], shape[1], window.strideHeight(), window.strideWidth()));
    }
    return new int[] {outputShape(layer), kernelAndBias[0], kernelAndBias[1]};
  }

  /** The output's shape as a tensor: constant, or computed where the batch is the application's. */
  private int outputShape(Weighted operation) {
    String layer = operation.name();
    String name = layer + "/output_shape";
    if (!options.isBatchDynamic()) {
      return list(name, operation.output().shape(options.batch()));
    }
    Tensor x = operation.x();
    int[] dims = operation.output().shape();
    var ofSizes = new ShapeOptionsT();
    ofSizes.setOutType(TensorType.INT32);
    int sizes =
        model.unbatched(layer + "/sizes", TensorType.INT32, new int[] {x.shape().length + 1}, null);
    model.operation(
        TfliteOperator.SHAPE,
        TfliteOperator.SHAPE.versions().real(),
        new int[] {indices.applyAsInt(x)},
        new int[] {sizes},
        ofSizes);
    int batch = model.unbatched(layer + "/batch", TensorType.INT32, new int[] {1}, null);
    model.operation(
        TfliteOperator.STRIDED_SLICE,
        TfliteOperator.STRIDED_SLICE.versions().real(),
        new int[] {
          sizes,
          list(layer + "/batch_begin", 0),
          list(layer + "/batch_end", 1),
          list(layer + "/batch_strides", 1)
        },
        new int[] {batch},
        new StridedSliceOptionsT());
    int shape = model.unbatched(name, TensorType.INT32, new int[] {dims.length + 1}, null);
    model.operation(
        TfliteOperator.CONCATENATION,
        TfliteOperator.CONCATENATION.versions().real(),
        new int[] {batch, list(layer + "/dims", dims)},
        new int[] {shape},
        new ConcatenationOptionsT());
    return shape;
  }

  /** What a batch norm that stands alone multiplies or adds: one number a channel. */
  int perChannel(Operation.BatchNorm norm) {
    LayerConstant constant = values.constant(norm.name());
    float[] data = constant.values();
    Encoding encoding = constant.encoding();
    boolean isInteger = encodings.apply(norm.x()) != null;
    if (isInteger != (encoding != null)) {
      throw new TfliteException(
          "layer '"
              + norm.name()
              + (isInteger
                  ? "' is quantized in the plan, but its constant is float"
                  : "' is float in this file, but its constant is integers"));
    }
    String name = norm.name() + "/constant";
    return encoding == null
        ? model.floats(name, data, data.length)
        : model.constant(
            name,
            TensorType.INT8,
            new int[] {data.length},
            quantized(data, encoding, name),
            ModelAssembly.quantization(encoding));
  }

  private static byte[] quantized(float[] data, Encoding encoding, String name) {
    float[] integers = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      integers[i] = encoding.quantize(data[i]);
    }
    return PackedIntegers.bytes(integers, Byte.SIZE, name);
  }

  /** The constants and the state of an LSTM. */
  LstmTensors lstm() {
    return new LstmTensors(model, values, encodings, indices, options);
  }

  /** A trained constant, quantized as its range says. */
  int parameter(Operation.Parameter parameter) {
    String name = parameter.name();
    LayerWeights weights = values.weights(name);
    Encoding encoding = encodings.apply(parameter.output());
    return encoding == null
        ? model.floats(name, weights.kernel(), weights.kernelShape())
        : model.constant(
            name,
            TensorTypes.ofActivation(encoding, name),
            weights.kernelShape(),
            quantized(weights.kernel(), encoding, name),
            ModelAssembly.quantization(encoding));
  }

  /** Alpha of a PRELU, in the shape that it has. */
  int alpha(Operation.PRelu relu) {
    return asItIs(relu.name() + "/alpha", weights(relu), 0);
  }

  /** The weights of a custom operation as they are, in TensorFlow's layout. */
  int[] weights(Operation.Custom custom) {
    return custom.weights().stream()
        .map(weight -> custom.name() + "/" + weight.name())
        .mapToInt(this::weight)
        .toArray();
  }

  private int weight(String name) {
    LayerWeights weights = values.weights(name);
    if (weights == null) {
      throw new TfliteException("there is no trained weight '" + name + "'");
    }
    return asItIs(name, weights, Math.max(0, weights.kernelShape().length - 1));
  }

  /** A kernel as it is: integers where it is quantized. */
  private int asItIs(String name, LayerWeights weights, int axis) {
    return weights.isQuantized()
        ? model.constant(
            name,
            TensorTypes.ofWeights(weights.bits(), name),
            weights.kernelShape(),
            PackedIntegers.bytes(weights.kernel(), weights.bits(), name),
            ModelAssembly.quantization(weights.scales(), axis))
        : model.floats(name, weights.kernel(), weights.kernelShape());
  }

  /**
   * The number of an operation: in a range of its own where it is added or multiplied with, on the
   * grid of the other operand where it is compared with that.
   */
  int number(Operation.WithNumber operation) {
    String name = operation.name() + "/constant";
    double number = operation.number();
    Encoding encoding = encodings.apply(operation.x());
    if (encoding == null) {
      return model.floats(name, new float[] {(float) number});
    }
    return switch (operation.kind()) {
      case MUL -> number(name, number, FACTOR);
      case ADD, SUB -> number(name, number, SUMMAND);
      case MAXIMUM, MINIMUM ->
          number(name, encoding.quantize((float) number), ModelAssembly.quantization(encoding));
    };
  }

  /**
   * Where values are above a threshold, and the 0 that stands in for the others. The kernel that
   * compares 8 bits brings them to a common scale, in which neighbours may become one; of 32 bits
   * it compares the integers.
   */
  int[] threshold(Operation.ThresholdedRelu relu) {
    String name = relu.name();
    Encoding encoding = encodings.apply(relu.x());
    int x = indices.applyAsInt(relu.x());
    int[] shape = relu.x().shape(options.isBatchDynamic() ? 1 : options.batch());
    int isAbove = model.activation(name + "/isAbove", TensorType.BOOL, shape, null);
    final int[] compared;
    final int zero;
    if (encoding == null) {
      compared = new int[] {x, model.floats(name + "/theta", new float[] {(float) relu.theta()})};
      zero = model.floats(name + "/zero", new float[1]);
    } else {
      int integers = model.activation(name + "/integers", TensorType.INT32, shape, null);
      model.operation(
          TfliteOperator.CAST,
          TfliteOperator.CAST.versions().int8(),
          new int[] {x},
          new int[] {integers},
          new CastOptionsT());
      compared = new int[] {integers, scalar(name + "/theta", below(encoding, relu.theta()))};
      zero = number(name + "/zero", encoding.zeroPoint(), ModelAssembly.quantization(encoding));
    }
    model.operation(
        TfliteOperator.GREATER,
        TfliteOperator.GREATER.versions().real(),
        compared,
        new int[] {isAbove},
        new GreaterOptionsT());
    return new int[] {isAbove, zero};
  }

  /** The largest integer whose value is not above a number; one below all where each is. */
  private static int below(Encoding encoding, double number) {
    int integer = Byte.MAX_VALUE;
    while (integer >= Byte.MIN_VALUE && encoding.dequantize(integer) > (float) number) {
      integer--;
    }
    return integer;
  }

  private int number(String name, double number, int magnitude) {
    return number(
        name,
        number < 0 ? -magnitude : magnitude,
        ModelAssembly.quantization((float) Math.abs(number) / magnitude, 0));
  }

  private int number(String name, int integer, QuantizationParametersT quantization) {
    byte[] data = {(byte) integer};
    return model.constant(name, TensorType.INT8, new int[0], data, quantization);
  }

  private LayerWeights weights(Operation.OnOne operation) {
    String layer = operation.name();
    LayerWeights weights = values.weights(layer);
    if (weights == null) {
      throw new TfliteException("layer '" + layer + "' has no trained weights");
    }
    boolean shouldBeQuantized = encodings.apply(operation.x()) != null;
    if ((shouldBeQuantized || !options.isQuantized())
        && weights.isQuantized() != shouldBeQuantized) {
      throw new TfliteException(
          "layer '"
              + layer
              + (shouldBeQuantized
                  ? "' is quantized in the plan, but its weights are float"
                  : "' is float in this file, but its weights are integers"));
    }
    return weights;
  }

  private LayerWeights weights(Weighted layer, int rank) {
    LayerWeights weights = weights(layer);
    if (weights.kernelShape().length != rank) {
      throw new TfliteException(
          "the kernel of layer '%s' has the shape %s; it should have %s sizes"
              .formatted(layer.name(), Arrays.toString(weights.kernelShape()), rank));
    }
    return weights;
  }

  private int[] kernelAndBias(
      Weighted operation, LayerWeights weights, float[] kernel, int[] shape, int channelAxis) {
    String layer = operation.name();
    int channels = shape[channelAxis];
    float @Nullable [] bias = weights.bias();
    if (bias == null && operation.kind() != Weighted.Kind.FULLY_CONNECTED) {
      bias = new float[channels];
    }
    if (bias != null && bias.length != channels) {
      throw new TfliteException(
          "layer '" + layer + "' has " + channels + " channels, but " + bias.length + " biases");
    }
    String kernelName = layer + "/kernel";
    String biasName = layer + "/bias";
    if (!weights.isQuantized()) {
      return new int[] {model.floats(kernelName, kernel, shape), floatBias(biasName, bias)};
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
            ModelAssembly.quantization(scales, channelAxis));
    Encoding input = encodings.apply(operation.x());
    if (input == null) {
      int biasIndex = floatBias(biasName, bias);
      return new int[] {dequantized(kernelName, kernelIndex, shape, scales.length > 1), biasIndex};
    }
    if (bias == null) {
      return new int[] {kernelIndex, ModelAssembly.ABSENT};
    }
    float[] biasScales = new float[scales.length];
    for (int i = 0; i < scales.length; i++) {
      biasScales[i] = input.scale() * scales[i];
    }
    boolean isWide = input.bits() == Short.SIZE;
    int biasIndex =
        model.constant(
            biasName,
            isWide ? TensorType.INT64 : TensorType.INT32,
            new int[] {channels},
            isWide ? PackedIntegers.int64(bias, biasName) : PackedIntegers.int32(bias, biasName),
            ModelAssembly.quantization(biasScales, 0));
    return new int[] {kernelIndex, biasIndex};
  }

  private int floatBias(String name, float @Nullable [] bias) {
    return bias == null ? ModelAssembly.ABSENT : model.floats(name, bias, bias.length);
  }

  /** The weights of a float layer as real numbers: the file holds them as integers. */
  private int dequantized(String name, int integers, int[] shape, boolean isPerChannel) {
    int reals = model.unbatched(name + "_float32", TensorType.FLOAT32, shape, null);
    model.convert(
        TfliteOperator.DEQUANTIZE,
        isPerChannel
            ? TfliteOperator.DEQUANTIZE_PER_CHANNEL
            : TfliteOperator.DEQUANTIZE.versions().int8(),
        integers,
        reals);
    return reals;
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
}
