package dev.detent.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Runs a model: inputs are set, {@link #run} computes, outputs are read. Nothing is allocated on
 * the way. Calls come from one thread at a time; {@link TfliteModel#interpreter} makes one for
 * each.
 */
public final class Interpreter {
  private final TfliteModel model;
  private final Memory memory;

  Interpreter(TfliteModel model, Memory memory) {
    this.model = model;
    this.memory = memory;
    resetState();
  }

  /** The model that it runs. */
  public TfliteModel model() {
    return model;
  }

  /**
   * Fills an input with its bytes: of 8-bit values, one each; of others in little-endian order.
   *
   * @throws IllegalArgumentException if they are not as many as the input has
   */
  public void setInput(int index, byte[] values) {
    Tensor input = model.inputTensors()[index];
    requireLength(input, values.length, input.type.bytes());
    if (input.type.bytes() == 1) {
      System.arraycopy(values, 0, memory.bytes(input), 0, input.elements);
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < input.elements; i++) {
      switch (input.type) {
        case FLOAT32 -> memory.floats(input)[i] = bytes.getFloat();
        case INT32 -> memory.ints(input)[i] = bytes.getInt();
        case INT16 -> memory.shorts(input)[i] = bytes.getShort();
        case INT64, INT8, UINT8, INT4, BOOL -> throw unusable(input);
      }
    }
  }

  /**
   * Fills an input of indices.
   *
   * @throws IllegalArgumentException if they are not as many as the input has, or it has others
   */
  public void setInput(int index, int[] values) {
    Tensor input = model.inputTensors()[index];
    requireLength(input, values.length, 1);
    if (input.type != ElementType.INT32) {
      throw unusable(input);
    }
    System.arraycopy(values, 0, memory.ints(input), 0, input.elements);
  }

  /**
   * Fills an input with real numbers. Of integers they become {@code round(real / scale) +
   * zero_point}, half away from zero and clamped, as TFLite's QUANTIZE has it.
   *
   * @throws IllegalArgumentException if they are not as many as the input has, if its values stand
   *     for no real numbers, or if one that has to be quantized is not a number
   */
  public void setInput(int index, float[] values) {
    Tensor input = model.inputTensors()[index];
    requireLength(input, values.length, 1);
    if (input.isFloat()) {
      System.arraycopy(values, 0, memory.floats(input), 0, input.elements);
      return;
    }
    requireReal(input);
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        throw new IllegalArgumentException("value " + i + " of " + input + " is not a number");
      }
    }
    Quantizing.quantize(values, memory.values(input), input);
  }

  /** Computes the outputs. */
  public void run() {
    model.run(memory);
  }

  /** Reads an output's bytes: of 8-bit values, one each; of others in little-endian order. */
  public byte[] outputBytes(int index) {
    Tensor output = model.outputTensors()[index];
    byte[] bytes = new byte[output.elements * output.type.bytes()];
    readOutput(index, bytes);
    return bytes;
  }

  /**
   * The same into an array.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public void readOutput(int index, byte[] into) {
    Tensor output = model.outputTensors()[index];
    requireLength(output, into.length, output.type.bytes());
    read(output, into);
  }

  /** What a tensor holds, as bytes. */
  byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.elements * tensor.type.bytes()];
    read(tensor, bytes);
    return bytes;
  }

  private void read(Tensor tensor, byte[] into) {
    if (tensor.type.bytes() == 1) {
      System.arraycopy(memory.bytes(tensor), 0, into, 0, tensor.elements);
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tensor.elements; i++) {
      switch (tensor.type) {
        case FLOAT32 -> bytes.putFloat(memory.floats(tensor)[i]);
        case INT32 -> bytes.putInt(memory.ints(tensor)[i]);
        case INT16 -> bytes.putShort(memory.shorts(tensor)[i]);
        case INT64, INT8, UINT8, INT4, BOOL -> throw unusable(tensor);
      }
    }
  }

  /**
   * Reads an output of indices.
   *
   * @throws IllegalArgumentException if they are not as many, or it has others
   */
  public void readOutput(int index, int[] into) {
    Tensor output = model.outputTensors()[index];
    requireLength(output, into.length, 1);
    if (output.type != ElementType.INT32) {
      throw unusable(output);
    }
    System.arraycopy(memory.ints(output), 0, into, 0, output.elements);
  }

  /**
   * Reads an output as real numbers: {@code (q - zero_point) * scale} of integers.
   *
   * @throws IllegalArgumentException if they are not as many, or its values stand for no real
   *     numbers
   */
  public void readOutput(int index, float[] into) {
    Tensor output = model.outputTensors()[index];
    requireLength(output, into.length, 1);
    if (output.isFloat()) {
      System.arraycopy(memory.floats(output), 0, into, 0, output.elements);
      return;
    }
    requireReal(output);
    Quantizing.dequantize(memory.values(output), into, output);
  }

  /** The same in a new array. */
  public float[] outputFloats(int index) {
    float[] values = new float[model.outputTensors()[index].elements];
    readOutput(index, values);
    return values;
  }

  /** Gives what is kept from run to run, as an LSTM's state, its first values: zeros. */
  public void resetState() {
    for (Tensor tensor : model.tensors()) {
      if (tensor.isVariable) {
        clear(tensor);
      }
    }
  }

  private void clear(Tensor tensor) {
    switch (tensor.type) {
      case FLOAT32 -> Arrays.fill(memory.floats(tensor), 0);
      case INT32 -> Arrays.fill(memory.ints(tensor), 0);
      case INT16 -> Arrays.fill(memory.shorts(tensor), (short) tensor.zeroPoint());
      case UINT8, BOOL, INT8, INT4 -> Arrays.fill(memory.bytes(tensor), (byte) tensor.zeroPoint());
      case INT64 -> throw unusable(tensor);
    }
  }

  private static void requireLength(Tensor tensor, int length, int bytesEach) {
    if (length != tensor.elements * bytesEach) {
      throw new IllegalArgumentException(
          tensor + " has " + tensor.elements * bytesEach + " values, not " + length);
    }
  }

  private static void requireReal(Tensor tensor) {
    if (!tensor.isQuantized()) {
      throw unusable(tensor);
    }
  }

  private static IllegalArgumentException unusable(Tensor tensor) {
    return new IllegalArgumentException(tensor + " holds other values");
  }
}
