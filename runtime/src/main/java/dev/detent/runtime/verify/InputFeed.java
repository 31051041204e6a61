package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.ElementType;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.tflite.ValueType;

/**
 * Feeds one input of a file as an application would, which scales and rounds as the training graph
 * does.
 */
final class InputFeed {
  private static final int BYTE_VALUES = 256;

  private final DeployedTensor tensor;
  private final int input;
  private final int position;
  private final boolean isFloat;
  private final boolean isIndices;
  private final int valueBytes;
  private final float[] reals;
  private final byte[] bytes;
  private float[] realOfByte;
  private int[] integerOfByte;

  /**
   * A feed.
   *
   * @param input its number in the examples
   * @param position its number in the file
   */
  InputFeed(DeployedTensor tensor, int input, int position) {
    this.tensor = tensor;
    this.input = input;
    this.position = position;
    isIndices = tensor.info().type() == ValueType.INT32;
    isFloat = isIndices || tensor.info().type() == ValueType.FLOAT32;
    reals = isFloat ? new float[tensor.batch() * tensor.elements()] : null;
    valueBytes = tensor.info().type().bytes();
    bytes = isFloat ? null : new byte[tensor.batch() * tensor.elements() * valueBytes];
  }

  DeployedTensor tensor() {
    return tensor;
  }

  /** Takes as many examples out of a batch as a run has; behind its last one, that again. */
  void take(Batch batch, int first) {
    for (int place = 0; place < tensor.batch(); place++) {
      take(batch, Math.min(first + place, batch.count() - 1), place * tensor.elements());
    }
  }

  private void take(Batch batch, int example, int into) {
    Features features = batch.features(input);
    int from = example * tensor.elements();
    if (features.type() == ElementType.UINT8) {
      if (realOfByte == null) {
        tabulate(features);
      }
      byte[] elements = batch.bytes(input);
      for (int i = 0; i < tensor.elements(); i++) {
        int element = elements[from + i] & 0xff;
        if (isFloat) {
          reals[into + i] = realOfByte[element];
        } else {
          put(into + i, integerOfByte[element]);
        }
      }
    } else {
      float[] elements = batch.floats(input);
      for (int i = 0; i < tensor.elements(); i++) {
        if (isFloat) {
          reals[into + i] = elements[from + i];
        } else {
          put(into + i, tensor.encode(elements[from + i]));
        }
      }
    }
  }

  /** In little endian order. */
  private void put(int element, int integer) {
    for (int i = 0; i < valueBytes; i++) {
      bytes[element * valueBytes + i] = (byte) (integer >> (i * Byte.SIZE));
    }
  }

  private void tabulate(Features features) {
    realOfByte = new float[BYTE_VALUES];
    integerOfByte = new int[BYTE_VALUES];
    for (int i = 0; i < BYTE_VALUES; i++) {
      realOfByte[i] = i * features.scale() + features.offset();
      if (!isFloat) {
        integerOfByte[i] = tensor.encode(realOfByte[i]);
      }
    }
  }

  /** Gives what was taken to an interpreter of the file. */
  void set(TfliteInterpreter interpreter) {
    if (isIndices) {
      int[] indices = new int[reals.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = Math.round(reals[i]);
      }
      interpreter.setInput(position, indices);
    } else if (isFloat) {
      interpreter.setInput(position, reals);
    } else {
      interpreter.setInput(position, bytes);
    }
  }

  /** One example of what was taken, as values of the tensor, which holds integers. */
  void decode(int place) {
    tensor.decode(bytes, place);
  }
}
