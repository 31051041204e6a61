package dev.detent.runtime.internal.graph;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Moves numbers between arrays and tensors in one piece. */
public final class Tensors {
  private Tensors() {}

  /** A copy of the tensor's values, row by row. */
  public static float[] toArray(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** Where the largest of {@code count} values is, counted from the first; the first of equals. */
  public static int argMax(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /** A name as TensorFlow takes it for one level of its scopes: {@code a/b} becomes {@code a.b}. */
  static String scopeName(String name) {
    return name.replace('/', '.');
  }

  /** A shape with an open batch dimension in front. */
  public static Shape batchOf(int[] shape) {
    return withFirst(-1, shape);
  }

  /** A shape with {@code first} in front. */
  public static Shape withFirst(long first, int[] shape) {
    long[] dimensions = new long[shape.length + 1];
    dimensions[0] = first;
    for (int i = 0; i < shape.length; i++) {
      dimensions[i + 1] = shape[i];
    }
    return Shape.of(dimensions);
  }
}
