package dev.detent.runtime.train;

import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.internal.graph.LayerTensor;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Refuses values that a model would compute something with all the same: a ReLU makes 0 of what is
 * no number, and an index is cut to a whole one.
 *
 * @param what the tensor, as in {@code input 'image'}
 * @param shape of one example
 * @param indexLimit how many rows the table has that the values are indices of; 0 for real numbers
 * @param mayMiss whether NaN stands for a number that is missing
 * @param remedy what to do where a value is no number
 */
public record ValueCheck(String what, int[] shape, int indexLimit, boolean mayMiss, String remedy) {
  private static final String CLEAN = "clean the data";
  private static final int BYTE_VALUES = 256;

  /** The check of an input. */
  public static ValueCheck ofInput(LayerTensor input, int indexLimit) {
    return new ValueCheck("input '" + input.name() + "'", input.shape(), indexLimit, false, CLEAN);
  }

  /** The check of a target's numbers. */
  static ValueCheck ofNumbers(String target, int[] shape, boolean mayMiss) {
    return new ValueCheck(
        target,
        shape,
        0,
        mayMiss,
        CLEAN
            + ", or take a loss and metrics that leave missing numbers out, as"
            + " Losses.maskedHuber(1, Double.NaN)");
  }

  /** The check of a target's classes, one for each place of a shape. */
  static ValueCheck ofClasses(String target, int[] places, int classes) {
    return new ValueCheck(target, places, classes, false, CLEAN);
  }

  /**
   * Checks values.
   *
   * @param values of one example after the other
   * @param length how many of them are valid
   * @param name what an example is called in messages
   * @throws DataException if one is no number, or none of the indices that there are
   */
  public void check(float[] values, int length, IntFunction<String> name) {
    for (int i = 0; i < length; i++) {
      // Not true of NaN. As fast as copying the values: 0.4 ns each.
      if (!(Math.abs(values[i]) <= Float.MAX_VALUE) && !(mayMiss && Float.isNaN(values[i]))) {
        throw refused(i, values[i], name);
      }
    }
    for (int i = 0; indexLimit > 0 && i < length; i++) {
      if (!isIndex(values[i])) {
        throw refused(i, values[i], name);
      }
    }
  }

  /** The same of bytes that {@code features} scale. */
  void check(byte[] bytes, int length, Features features, IntFunction<String> name) {
    float[] values = new float[BYTE_VALUES];
    boolean[] bad = new boolean[BYTE_VALUES];
    boolean any = false;
    for (int i = 0; i < BYTE_VALUES; i++) {
      values[i] = i * features.scale() + features.offset();
      bad[i] = !Float.isFinite(values[i]) || indexLimit > 0 && !isIndex(values[i]);
      any |= bad[i];
    }
    for (int i = 0; any && i < length; i++) {
      if (bad[bytes[i] & 0xff]) {
        throw refused(i, values[bytes[i] & 0xff], name);
      }
    }
  }

  /** The same of classes. */
  void check(int[] classes, int length, IntFunction<String> name) {
    for (int i = 0; i < length; i++) {
      if (classes[i] < 0 || classes[i] >= indexLimit) {
        throw refused(i, classes[i], name);
      }
    }
  }

  private boolean isIndex(float value) {
    return value >= 0 && value < indexLimit && value == (int) value;
  }

  private DataException refused(int at, float value, IntFunction<String> name) {
    int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int rest = at % elements;
    int[] position = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    String where = " at " + Arrays.toString(position) + name.apply(at / elements);
    if (!Float.isFinite(value)) {
      return new DataException(
          what + " has values that are no numbers: " + value + where + "; " + remedy);
    }
    String number = value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    return new DataException(
        "%s is %s%s, where whole numbers from 0 to %s are needed"
            .formatted(what, number, where, indexLimit - 1));
  }
}
