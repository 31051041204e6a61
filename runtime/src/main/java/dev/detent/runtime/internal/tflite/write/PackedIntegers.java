package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.tflite.TfliteException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Integers that training holds as floats, in the file's bytes. */
final class PackedIntegers {
  private static final float LARGEST_INT32 = 0x1p31f;
  private static final float LARGEST_INT64 = 0x1p63f;

  private PackedIntegers() {}

  /**
   * Weights: one in a byte, or two if they have 4 bits, the first in the lower half.
   *
   * @param bits 4 or 8
   */
  static byte[] bytes(float[] data, int bits, String name) {
    int perByte = Byte.SIZE / bits;
    byte[] bytes = new byte[(data.length + perByte - 1) / perByte];
    for (int i = 0; i < data.length; i++) {
      int masked = checked(data[i], bits, name) & (1 << bits) - 1;
      bytes[i / perByte] |= (byte) (masked << i % perByte * bits);
    }
    return bytes;
  }

  private static int checked(float value, int bits, String name) {
    int half = 1 << (bits - 1);
    if (value != Math.rint(value) || value < -half || value >= half) {
      throw new TfliteException(
          name + " holds " + value + ", which is no " + bits + "-bit integer");
    }
    return (int) value;
  }

  /** Biases. */
  static byte[] int32(float[] data, String name) {
    ByteBuffer buffer =
        ByteBuffer.allocate(data.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : data) {
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
      buffer.putInt((int) value);
    }
    return buffer.array();
  }

  /** Biases beside activations of 16 bits. */
  static byte[] int64(float[] data, String name) {
    ByteBuffer buffer =
        ByteBuffer.allocate(data.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : data) {
      if (!(Math.abs(value) < LARGEST_INT64) || value != Math.rint(value)) {
        throw new TfliteException(name + " holds " + value + ", which is no 64-bit integer");
      }
      buffer.putLong((long) value);
    }
    return buffer.array();
  }
}
