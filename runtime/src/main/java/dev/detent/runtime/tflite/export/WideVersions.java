package dev.detent.runtime.tflite.export;

import dev.detent.runtime.tflite.export.OperationTable.Version;
import java.util.EnumMap;
import java.util.Map;

/**
 * The versions of operations at other widths than eight bits; what is not here TFLite cannot run
 * (TensorFlow's {@code lite/tools/versioning/op_version.cc} and {@code runtime_version.cc}).
 */
final class WideVersions {
  private static final Map<OperationKind, Version> INT16 = new EnumMap<>(OperationKind.class);
  private static final Map<OperationKind, Version> INT4_WEIGHTS =
      new EnumMap<>(OperationKind.class);

  static {
    INT16.put(OperationKind.CONV_2D, new Version(4, "2.3.0"));
    INT16.put(OperationKind.DEPTHWISE_CONV_2D, new Version(5, "2.3.0"));
    INT16.put(OperationKind.FULLY_CONNECTED, new Version(7, "2.3.0"));
    INT16.put(OperationKind.MAX_POOL_2D, new Version(3, "2.3.0"));
    INT16.put(OperationKind.AVERAGE_POOL_2D, new Version(3, "2.3.0"));
    INT16.put(OperationKind.MEAN, new Version(3, "2.4.0"));
    INT16.put(OperationKind.RESHAPE, new Version(1, "1.5.0"));
    INT16.put(OperationKind.PAD, new Version(3, "2.4.0"));
    INT16.put(OperationKind.ADD, new Version(3, "2.4.0"));
    INT16.put(OperationKind.CONCATENATION, new Version(3, "2.3.0"));
    INT16.put(OperationKind.RELU, new Version(3, "2.5.0"));
    INT16.put(OperationKind.RELU6, new Version(3, "2.5.0"));
    INT16.put(OperationKind.SOFTMAX, new Version(3, "2.3.0"));
    INT16.put(OperationKind.QUANTIZE, new Version(2, "1.15.0"));
    INT16.put(OperationKind.DEQUANTIZE, new Version(3, "1.15.0"));

    INT4_WEIGHTS.put(OperationKind.CONV_2D, new Version(7, "2.11.0"));
    INT4_WEIGHTS.put(OperationKind.DEPTHWISE_CONV_2D, new Version(7, "2.11.0"));
    INT4_WEIGHTS.put(OperationKind.FULLY_CONNECTED, new Version(10, "2.11.0"));
  }

  /** DEQUANTIZE of weights with one scale for each channel. */
  static final Version DEQUANTIZE_PER_CHANNEL = new Version(5, "2.7.0");

  /** DEQUANTIZE of weights with one scale. */
  static final Version DEQUANTIZE_PER_TENSOR = new Version(2, "1.14.0");

  private WideVersions() {}

  /** With activations of 16 bits on either side; null if there is no such kernel. */
  static Version int16(OperationKind kind) {
    return INT16.get(kind);
  }

  /** With weights of 4 bits and activations of 8; null if there is no such kernel. */
  static Version int4Weights(OperationKind kind) {
    return INT4_WEIGHTS.get(kind);
  }
}
