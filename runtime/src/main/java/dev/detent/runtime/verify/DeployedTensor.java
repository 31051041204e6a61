package dev.detent.runtime.verify;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tensor of a file and the layer of the graph that it deploys. The values of one example are
 * read in two forms: as <em>steps</em>, the signed integers of the graph's grid, which are
 * compared; and as <em>reals</em>, the numbers for which the file says that they stand.
 */
final class DeployedTensor {
  private static final int UINT8_OFFSET = 128;

  private final TensorInfo info;
  private final String layer;
  private final Encoding grid;
  private final byte[] bytes;
  private final float[] floats;

  /** The values of the last {@link #read} on the graph's grid; the reals where it has none. */
  final float[] steps;

  /** The values of the last {@link #read}. */
  final float[] reals;

  /**
   * A tensor of the type that its layer can have.
   *
   * @param grid the graph's scale and zero point; null for a layer that stays float
   */
  DeployedTensor(TensorInfo info, String layer, Encoding grid) {
    this.info = info;
    this.layer = layer;
    this.grid = grid;
    boolean isFloat = info.type() == ValueType.FLOAT32;
    this.bytes = isFloat ? null : new byte[info.elements() * info.type().bytes()];
    this.floats = isFloat ? new float[info.elements()] : null;
    this.steps = new float[info.elements() / batch()];
    this.reals = new float[steps.length];
  }

  /** How many examples a run of the file has. */
  int batch() {
    return info.shape().get(0);
  }

  TensorInfo info() {
    return info;
  }

  /** The layer's name. */
  String layer() {
    return layer;
  }

  /** Whether the graph holds it on a grid. */
  boolean isInteger() {
    return grid != null;
  }

  /** Whether the file holds real numbers, whatever the graph does. */
  boolean isFloatInFile() {
    return floats != null;
  }

  /** Of the integers that the graph holds; 0 of a float tensor. */
  int bits() {
    return grid == null ? 0 : grid.bits();
  }

  /** How many values an example has. */
  int elements() {
    return steps.length;
  }

  /** The file's scale and signed zero point; of a float tensor the graph's. */
  Encoding encoding() {
    if (bytes == null) {
      return grid;
    }
    int offset = info.type() == ValueType.UINT8 ? UINT8_OFFSET : 0;
    return new Encoding(info.scale(), info.zeroPoint() - offset, info.type().bytes() * Byte.SIZE);
  }

  /** Whether the file has the graph's scale and zero point; what is float or indices has none. */
  boolean hasSameScale() {
    boolean isIndices = grid == null && info.type() == ValueType.INT32;
    return bytes == null || isIndices || encoding().equals(grid);
  }

  /**
   * Reads one example out of an interpreter that has run.
   *
   * @param place the example's place in the run
   */
  void read(TfliteInterpreter interpreter, int output, int place) {
    if (bytes == null) {
      interpreter.readOutput(output, floats);
      System.arraycopy(floats, place * reals.length, reals, 0, reals.length);
      graphSteps(reals, 0, steps);
    } else {
      interpreter.readOutput(output, bytes);
      decode(bytes, place);
    }
  }

  /** Takes one example of the integers as the file has them. */
  void decode(byte[] stored, int place) {
    Encoding encoding = encoding();
    ByteBuffer buffer = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    int from = place * steps.length;
    for (int i = 0; i < steps.length; i++) {
      int q =
          switch (info.type()) {
            case UINT8 -> (stored[from + i] & 0xff) - UINT8_OFFSET;
            case INT16 -> buffer.getShort((from + i) * Short.BYTES);
            default -> stored[from + i];
          };
      steps[i] = q;
      reals[i] = encoding.dequantize(q);
    }
  }

  /** The steps of values that the graph has computed. */
  void graphSteps(float[] values, int from, float[] into) {
    if (grid == null) {
      System.arraycopy(values, from, into, 0, into.length);
      return;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] = grid.quantize(values[from + i]);
    }
  }

  /** The integer that stands for a real number in the file, as the graph rounds it. */
  int encode(float real) {
    int q = encoding().quantize(real);
    return info.type() == ValueType.UINT8 ? q + UINT8_OFFSET : q;
  }
}
