package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of an input or an output, in native byte order. As real numbers floats are themselves;
 * integers stand for {@code (q - zero_point) * scale}, and a real number becomes {@code round(real
 * / scale) + zero_point}, half away from zero and clamped to the type, as TensorFlow Lite's
 * QUANTIZE makes it.
 */
record BorderValues(TensorInfo tensor, ByteBuffer memory) {
  private static final int NIBBLE = 4;

  /** Values of a tensor that nobody has given memory yet. */
  static BorderValues allocate(TensorInfo tensor) {
    int bytes = (int) tensor.type().bytes(tensor.elements());
    return new BorderValues(tensor, ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()));
  }

  /** How many bytes it should have by its shape and type. */
  long statedBytes() {
    return bytes(tensor.elements());
  }

  /** The size of some values. */
  long bytes(int values) {
    return tensor.type().bytes(values);
  }

  /** Writes all of its bytes. */
  void write(byte[] values) {
    requireSize(values.length, values.length);
    memory.duplicate().put(values);
  }

  /** Writes indices. */
  void write(int[] values) {
    if (tensor.type() != ValueType.INT32) {
      throw new IllegalArgumentException(
          "tensor '" + tensor.name() + "' is " + tensor.type() + ", not " + ValueType.INT32);
    }
    requireSize(values.length, bytes(values.length));
    memory.asIntBuffer().put(values);
  }

  /**
   * Writes real numbers.
   *
   * @throws IllegalArgumentException if one is infinite or not a number, for which no integer
   *     stands; nothing is written then
   */
  void write(float[] reals) {
    requireReal();
    requireSize(reals.length, bytes(reals.length));
    if (tensor.type() == ValueType.FLOAT32) {
      memory.asFloatBuffer().put(reals);
      return;
    }
    for (int i = 0; i < reals.length; i++) {
      if (!Float.isFinite(reals[i])) {
        throw new IllegalArgumentException(
            "value %s for tensor '%s' is %s; %s stands for finite numbers only"
                .formatted(i, tensor.name(), reals[i], tensor.type()));
      }
    }
    for (int i = 0; i < reals.length; i++) {
      put(i, quantized(reals[i]));
    }
  }

  private int quantized(float real) {
    double steps = (double) real / tensor.scale();
    double rounded = Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps);
    long lowest = tensor.type().lowest();
    return (int) Math.max(lowest, Math.min(tensor.type().highest(), rounded + tensor.zeroPoint()));
  }

  /** Writes one value as it is stored: a real number, or an integer. */
  void put(int index, float value) {
    int q = Math.round(value);
    switch (tensor.type()) {
      case FLOAT32 -> memory.putFloat(index * Float.BYTES, value);
      case INT32 -> memory.putInt(index * Integer.BYTES, q);
      case INT16 -> memory.putShort(index * Short.BYTES, (short) q);
      case INT4 -> {
        int shift = index % 2 * NIBBLE; // the first is the lower one
        int other = memory.get(index / 2) & (0xf0 >> shift);
        memory.put(index / 2, (byte) (other | (q & 0xf) << shift));
      }
      default -> memory.put(index, (byte) q);
    }
  }

  /** All of its bytes. */
  byte[] bytes() {
    byte[] values = new byte[memory.capacity()];
    read(values);
    return values;
  }

  /** Reads all of its bytes. */
  void read(byte[] into) {
    requireSize(into.length, into.length);
    memory.duplicate().get(into);
  }

  /** All of its real numbers. */
  float[] reals() {
    requireReal();
    boolean isInHalves = tensor.type() == ValueType.INT4;
    float[] values =
        new float[isInHalves ? tensor.elements() : memory.capacity() / tensor.type().bytes()];
    read(values);
    return values;
  }

  /** Reads all of its real numbers. */
  void read(float[] into) {
    requireReal();
    requireSize(into.length, bytes(into.length));
    if (tensor.type() == ValueType.FLOAT32) {
      memory.asFloatBuffer().get(into);
      return;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] = (get(i) - tensor.zeroPoint()) * tensor.scale();
    }
  }

  /** One integer as it is stored. */
  int get(int index) {
    return switch (tensor.type()) {
      case INT32 -> memory.getInt(index * Integer.BYTES);
      case INT16 -> memory.getShort(index * Short.BYTES);
      case UINT8 -> memory.get(index) & 0xff;
      case INT4 -> (byte) (memory.get(index / 2) << (NIBBLE - index % 2 * NIBBLE)) >> NIBBLE;
      default -> memory.get(index);
    };
  }

  private void requireReal() {
    boolean isReal =
        switch (tensor.type()) {
          case FLOAT32 -> true;
          case INT4, INT8, UINT8, INT16 -> tensor.scales().size() == 1;
          default -> false;
        };
    if (!isReal) {
      throw new IllegalArgumentException(
          "tensor '%s' is %s %s, which does not stand for real numbers"
              .formatted(
                  tensor.name(),
                  tensor.type(),
                  tensor.isQuantized() ? "with other scales than one" : "without a scale"));
    }
  }

  /** Requires that it is as large as some values. */
  void requireSize(int count, long bytes) {
    if (bytes != memory.capacity()) {
      throw new IllegalArgumentException(
          "tensor '%s' %s of type %s has %s bytes, but %s values of %s bytes in all were given"
              .formatted(
                  tensor.name(), tensor.shape(), tensor.type(), memory.capacity(), count, bytes));
    }
  }
}
