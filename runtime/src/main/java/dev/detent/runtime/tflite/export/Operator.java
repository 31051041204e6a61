package dev.detent.runtime.tflite.export;

import java.util.List;
import org.tensorflow.lite.schema.BuiltinOperator;

/**
 * The operations that files are made of, under their names in TFLite's schema: with their versions
 * for float, for 8 bits, for activations of 16 bits and for weights of 4 bits, null where TFLite
 * has no such kernel.
 *
 * <p>Versions are the smallest that have the kernel (TensorFlow's {@code
 * lite/tools/versioning/op_version.cc}), with the first release that has that version ({@code
 * runtime_version.cc}); attributes that ask for a later one are in {@link Rows}.
 */
enum Operator {
  ADD(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.4.0"), null),
  AVERAGE_POOL_2D(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"), null),
  BATCH_MATMUL(v(1, "2.3.0"), v(2, "2.3.0"), null, null),
  CAST(null, v(3, "2.8.0"), null, null),
  CONCATENATION(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"), null),
  CONV_2D(v(1, "1.5.0"), v(3, "1.14.0"), v(4, "2.3.0"), v(7, "2.11.0")),
  CUSTOM(v(1, "1.5.0"), v(1, "1.5.0"), v(1, "1.5.0"), null),
  DEPTHWISE_CONV_2D(v(1, "1.5.0"), v(3, "1.14.0"), v(5, "2.3.0"), v(7, "2.11.0")),
  DEPTH_TO_SPACE(v(1, "2.1.0"), v(2, "2.5.0"), null, null),
  DEQUANTIZE(v(2, "1.14.0"), v(2, "1.14.0"), v(3, "1.15.0"), null),
  ELU(v(1, "1.14.0"), v(1, "1.14.0"), null, null),
  EXP(v(1, "1.7.0"), v(2, "2.12.0"), null, null),
  FULLY_CONNECTED(v(1, "1.5.0"), v(4, "1.14.0"), v(7, "2.3.0"), v(10, "2.11.0")),
  GATHER(v(1, "1.6.0"), v(2, "1.14.0"), null, null),
  GELU(v(1, "2.9.0"), v(2, "2.9.0"), null, null),
  HARD_SWISH(v(1, "1.15.0"), v(1, "1.15.0"), null, null),
  L2_NORMALIZATION(v(1, "1.5.0"), v(2, "1.14.0"), null, null),
  LEAKY_RELU(v(1, "1.13.1"), v(1, "1.13.1"), null, null),
  LOGISTIC(v(1, "1.14.0"), v(2, "1.14.0"), null, null),
  LOG_SOFTMAX(v(1, "1.14.0"), v(2, "1.14.0"), null, null),
  MAXIMUM(v(1, "1.14.0"), v(2, "1.14.0"), null, null),
  MAX_POOL_2D(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"), null),
  MEAN(v(1, "1.6.0"), v(2, "1.14.0"), v(3, "2.4.0"), null),
  MINIMUM(v(1, "1.14.0"), v(2, "1.14.0"), null, null),
  MIRROR_PAD(v(1, "1.13.1"), v(2, "2.3.0"), null, null),
  MUL(v(1, "1.5.0"), v(2, "1.14.0"), null, null),
  PAD(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.4.0"), null),
  PRELU(v(1, "1.8.0"), v(1, "1.8.0"), null, null),
  QUANTIZE(v(1, "1.14.0"), v(1, "1.14.0"), v(2, "1.15.0"), null),
  REDUCE_MAX(v(1, "1.11.0"), v(2, "1.14.0"), null, null),
  RELU(v(1, "1.5.0"), v(2, "2.1.0"), v(3, "2.5.0"), null),
  RELU6(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.5.0"), null),
  RELU_N1_TO_1(v(1, "1.5.0"), v(1, "1.5.0"), null, null),
  RESHAPE(v(1, "1.5.0"), v(1, "1.5.0"), v(1, "1.5.0"), null),
  RESIZE_BILINEAR(v(1, "1.7.0"), v(2, "1.14.0"), null, null),
  RESIZE_NEAREST_NEIGHBOR(v(1, "1.13.1"), v(2, "1.14.0"), null, null),
  SHAPE(v(1, "1.10.0"), null, null, null),
  SOFTMAX(v(1, "1.5.0"), v(2, "1.14.0"), v(3, "2.3.0"), null),
  SPACE_TO_DEPTH(v(1, "1.5.0"), v(2, "1.14.0"), null, null),
  SPLIT(v(1, "1.5.0"), v(2, "1.14.0"), null, null),
  STRIDED_SLICE(v(1, "1.6.0"), v(2, "1.14.0"), null, null),
  SUB(v(1, "1.6.0"), v(2, "1.14.0"), null, null),
  SUM(v(1, "1.10.0"), v(2, "1.15.0"), null, null),
  TANH(v(1, "1.14.0"), v(2, "1.14.0"), null, null),
  TILE(v(1, "1.10.1"), v(3, "2.8.0"), null, null),
  TRANSPOSE(v(1, "1.6.0"), v(2, "1.14.0"), null, null),
  TRANSPOSE_CONV(v(3, "2.3.0"), v(3, "2.3.0"), null, null),
  UNIDIRECTIONAL_SEQUENCE_LSTM(v(1, "1.13.1"), v(1, "1.13.1"), null, null);

  /** DEQUANTIZE of constants with one scale for each channel. */
  static final Version DEQUANTIZE_PER_CHANNEL = v(5, "2.7.0");

  private final int code = List.of(BuiltinOperator.names).indexOf(name());
  private final Versions versions;

  Operator(Version real, Version int8, Version int16, Version int4Weights) {
    versions = new Versions(real, int8, int16, int4Weights);
  }

  private static Version v(int number, String runtime) {
    return new Version(number, runtime);
  }

  /** Its number in the schema. */
  int code() {
    return code;
  }

  /** Its versions, where no attribute asks for a later one. */
  Versions versions() {
    return versions;
  }
}
