package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.ValueType;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Real numbers in the memory of a tensor. In float they are themselves; integers stand for {@code
 * (q - zero_point) * scale}, and a real number becomes {@code round(real / scale) + zero_point},
 * half away from zero and clamped to the type, as TensorFlow Lite's QUANTIZE makes it.
 */
final class RealValues {
  private static final int NIBBLE = 4;

  private final TensorInfo tensor;
  private final ByteBuffer memory;

  /**
   * Of a tensor.
   *
   * @param memory as large as it wants, in native byte order
   * @throws IllegalArgumentException if its values do not stand for real numbers
   */
  RealValues(TensorInfo tensor, ByteBuffer memory) {
    boolean isReal =
        switch (tensor.type()) {
          case FLOAT32 -> true;
          case INT4, INT8, UINT8, INT16 -> tensor.scales().size() == 1;
          default -> false;
        };
    if (!isReal) {
      throw new IllegalArgumentException(
          "tensor '"
              + tensor.name()
              + "' is "
              + tensor.type()
              + (tensor.isQuantized() ? " with other scales than one" : " without a scale")
              + ", which does not stand for real numbers");
    }
    this.tensor = tensor;
    this.memory = memory;
  }

  /** How many there are. */
  int count() {
    return tensor.type() == ValueType.INT4
        ? tensor.elements()
        : memory.capacity() / tensor.type().bytes();
  }

  /**
   * Writes them.
   *
   * @throws IllegalArgumentException if one is infinite or not a number, for which no integer
   *     stands; nothing is written then
   */
  void write(float[] reals) {
    if (tensor.type() == ValueType.FLOAT32) {
      memory.asFloatBuffer().put(reals);
      return;
    }
    for (int i = 0; i < reals.length; i++) {
      if (!Float.isFinite(reals[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "value %d for tensor '%s' is %s; %s stands for finite numbers only",
                i,
                tensor.name(),
                reals[i],
                tensor.type()));
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

  private void put(int index, int q) {
    switch (tensor.type()) {
      case INT16 -> memory.putShort(index * Short.BYTES, (short) q);
      case INT4 -> {
        int shift = index % 2 * NIBBLE; // the first is the lower one
        int other = memory.get(index / 2) & (0xf0 >> shift);
        memory.put(index / 2, (byte) (other | (q & 0xf) << shift));
      }
      default -> memory.put(index, (byte) q);
    }
  }

  /** Reads them. */
  void read(float[] into) {
    if (tensor.type() == ValueType.FLOAT32) {
      memory.asFloatBuffer().get(into);
      return;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] = (get(i) - tensor.zeroPoint()) * tensor.scale();
    }
  }

  private int get(int index) {
    return switch (tensor.type()) {
      case INT16 -> memory.getShort(index * Short.BYTES);
      case UINT8 -> memory.get(index) & 0xff;
      case INT4 -> (byte) (memory.get(index / 2) << (NIBBLE - index % 2 * NIBBLE)) >> NIBBLE;
      default -> memory.get(index);
    };
  }
}
