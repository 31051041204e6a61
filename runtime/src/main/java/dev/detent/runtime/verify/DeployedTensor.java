package dev.detent.runtime.verify;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.ValueType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One tensor of a file and the layer of the graph that it deploys. The values of one example are
 * read in two forms: as <em>steps</em>, the signed integers of the graph's grid, which are
 * compared; and as <em>reals</em>, the numbers for which the file says that they stand.
 */
final class DeployedTensor {
  private static final int UINT8_OFFSET = 128;

  private final TensorInfo info;
  private final String layer;
  private final @Nullable Encoding grid;

  /** The values of the last {@link #read} on the graph's grid; the reals where it has none. */
  final float[] steps;

  /** The values of the last {@link #read}. */
  final float[] reals;

  /**
   * A tensor of the type that its layer can have.
   *
   * @param grid the graph's scale and zero point; null for a layer that stays float
   */
  DeployedTensor(TensorInfo info, String layer, @Nullable Encoding grid) {
    this.info = info;
    this.layer = layer;
    this.grid = grid;
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
    return info.type() == ValueType.FLOAT32;
  }

  /** Whether it holds indices, which stand for themselves. */
  private boolean isIndices() {
    return grid == null && info.type() == ValueType.INT32;
  }

  /** Of the integers that the graph holds; 0 of a float tensor. */
  int bits() {
    return grid != null ? grid.bits() : isIndices() ? Integer.SIZE : 0;
  }

  /** How many values an example has. */
  int elements() {
    return steps.length;
  }

  /** The file's scale and signed zero point; of a float tensor the graph's. */
  Encoding encoding() {
    return isFloatInFile()
        ? Objects.requireNonNull(grid)
        : new Encoding(info.scale(), info.zeroPoint() - offset(), info.type().bytes() * Byte.SIZE);
  }

  /** The difference between the file's integers and signed ones. */
  private int offset() {
    return info.type() == ValueType.UINT8 ? UINT8_OFFSET : 0;
  }

  /** Whether the file has the graph's scale and zero point; what is float or indices has none. */
  boolean hasSameScale() {
    return isFloatInFile() || isIndices() || encoding().equals(grid);
  }

  /**
   * Reads one example out of an interpreter that has run.
   *
   * @param place the example's place in the run
   */
  void read(TfliteInterpreter interpreter, int output, int place) {
    long bytes = info.type().bytes(info.elements());
    BorderValues values = interpreter.output(output, bytes);
    values.requireSize(info.elements(), bytes);
    read(values, place);
  }

  /** Takes one example of the values as the file has them. */
  void read(BorderValues values, int place) {
    int from = place * steps.length;
    if (isFloatInFile()) {
      values.memory().asFloatBuffer().get(from, reals);
      graphSteps(reals, 0, steps);
      return;
    }
    if (isIndices()) {
      for (int i = 0; i < steps.length; i++) {
        reals[i] = values.get(from + i);
      }
      graphSteps(reals, 0, steps);
      return;
    }
    Encoding encoding = encoding();
    for (int i = 0; i < steps.length; i++) {
      int q = values.get(from + i) - offset();
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

  /** What the file has for a real number: itself, or an integer, as the graph rounds it. */
  float stored(float real) {
    boolean isReal = isFloatInFile() || info.type() == ValueType.INT32;
    return isReal ? real : encoding().quantize(real) + offset();
  }
}
