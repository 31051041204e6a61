package dev.detent.runtime.tflite;

/** The type of a tensor's values. */
public enum ValueType {
  /** 32-bit float. */
  FLOAT32(Float.BYTES),
  /** 16-bit float. */
  FLOAT16(Short.BYTES),
  /** Signed, 4 bits, two in a byte. */
  INT4(Byte.BYTES),
  /** Signed, 8 bits. */
  INT8(Byte.BYTES),
  /** Unsigned, 8 bits. */
  UINT8(Byte.BYTES),
  /** Signed, 16 bits. */
  INT16(Short.BYTES),
  /** Signed, 32 bits. */
  INT32(Integer.BYTES),
  /** Signed, 64 bits. */
  INT64(Long.BYTES),
  /** Truth values. */
  BOOL(Byte.BYTES);

  private final int bytes;

  ValueType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of one value; of two for {@link #INT4}. */
  public int bytes() {
    return bytes;
  }

  /** The size of some values, as TFLite stores them. */
  public long bytes(long values) {
    return this == INT4 ? (values + 1) / 2 : values * bytes;
  }

  /** The smallest integer that a quantized tensor of it can have. */
  public int lowest() {
    return switch (this) {
      case INT4 -> -8;
      case INT8 -> Byte.MIN_VALUE;
      case UINT8 -> 0;
      case INT16 -> Short.MIN_VALUE;
      default -> Integer.MIN_VALUE;
    };
  }

  /** The largest one. */
  public int highest() {
    return this == UINT8 ? 255 : -(lowest() + 1);
  }
}
