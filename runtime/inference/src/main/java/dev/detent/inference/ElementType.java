package dev.detent.inference;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The type of a tensor's values. */
public enum ElementType {
  /** Real numbers of 32 bits: {@code float[]}. */
  FLOAT32(0, Float.BYTES),
  /** Integers of 32 bits, such as indices: {@code int[]}. */
  INT32(2, Integer.BYTES),
  /** Integers of 0 to 255: {@code byte[]}. */
  UINT8(3, Byte.BYTES),
  /** Integers of 64 bits, only in constants: {@code long[]}. */
  INT64(4, Long.BYTES),
  /** Truth values, one a byte: {@code byte[]}. */
  BOOL(6, Byte.BYTES),
  /** Integers of 16 bits: {@code short[]}. */
  INT16(7, Short.BYTES),
  /** Integers of 8 bits: {@code byte[]}. */
  INT8(9, Byte.BYTES),
  /** Integers of 4 bits, only in constants; one a byte once loaded. */
  INT4(17, Byte.BYTES);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type of a number in the schema ({@code TensorType}); null if it is none of these. */
  static @Nullable ElementType of(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /** The size of one value in memory. */
  int bytes() {
    return bytes;
  }

  /** The smallest integer. */
  int lowest() {
    return switch (this) {
      case UINT8, BOOL -> 0;
      case INT4 -> -8;
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case FLOAT32, INT32, INT64 -> Integer.MIN_VALUE;
    };
  }

  /** The largest integer. */
  int highest() {
    return switch (this) {
      case UINT8 -> 255;
      case BOOL -> 1;
      case INT4, INT8, INT16, FLOAT32, INT32, INT64 -> -(lowest() + 1);
    };
  }

  /** An array for so many values. */
  Object array(int length) {
    return switch (this) {
      case FLOAT32 -> new float[length];
      case INT32 -> new int[length];
      case INT64 -> new long[length];
      case INT16 -> new short[length];
      case UINT8, BOOL, INT8, INT4 -> new byte[length];
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
