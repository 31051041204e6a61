package dev.detent.runtime.tflite.interpreter;

import dev.detent.runtime.tflite.TfliteException;
import org.tensorflow.lite.schema.TensorType;

/** The type of a tensor's values. */
public enum ValueType {
  /** 32-bit float. */
  FLOAT32(Float.BYTES, TensorType.FLOAT32),
  /** 16-bit float. */
  FLOAT16(Short.BYTES, TensorType.FLOAT16),
  /** Signed, 4 bits, two in a byte. */
  INT4(Byte.BYTES, TensorType.INT4),
  /** Signed, 8 bits. */
  INT8(Byte.BYTES, TensorType.INT8),
  /** Unsigned, 8 bits. */
  UINT8(Byte.BYTES, TensorType.UINT8),
  /** Signed, 16 bits. */
  INT16(Short.BYTES, TensorType.INT16),
  /** Signed, 32 bits. */
  INT32(Integer.BYTES, TensorType.INT32),
  /** Signed, 64 bits. */
  INT64(Long.BYTES, TensorType.INT64),
  /** Truth values. */
  BOOL(Byte.BYTES, TensorType.BOOL);

  private final int bytes;
  private final byte code;

  ValueType(int bytes, byte code) {
    this.bytes = bytes;
    this.code = code;
  }

  /** The size of one value; of two for {@link #INT4}. */
  public int bytes() {
    return bytes;
  }

  /** The size of some values, as TFLite stores them. */
  long bytes(long values) {
    return this == INT4 ? (values + 1) / 2 : values * bytes;
  }

  /** The smallest integer that a quantized tensor of it can have. */
  int lowest() {
    return switch (this) {
      case INT4 -> -8;
      case INT8 -> Byte.MIN_VALUE;
      case UINT8 -> 0;
      case INT16 -> Short.MIN_VALUE;
      default -> Integer.MIN_VALUE;
    };
  }

  /** The largest one. */
  int highest() {
    return this == UINT8 ? 255 : -(lowest() + 1);
  }

  /** Whether a zero point is one of them. */
  boolean holds(long zeroPoint) {
    return zeroPoint >= lowest() && zeroPoint <= highest();
  }

  /**
   * The type of a tensor.
   *
   * @param tensor which, for the message
   * @throws TfliteException if it is none of these
   */
  static ValueType ofSchema(byte code, String tensor) {
    for (ValueType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new TfliteException(
        tensor + " is of type " + schemaName(code) + ", which is not supported");
  }

  private static String schemaName(byte code) {
    return code >= 0 && code < TensorType.names.length
        ? TensorType.name(code)
        : Integer.toString(code);
  }
}
