package dev.detent.inference;

/** Sizes of tensors, and places in them: the last axis changes fastest. */
final class Shapes {
  private Shapes() {}

  /**
   * How many values a shape has.
   *
   * @throws IllegalArgumentException if a size is negative, or they are more than 2^31 - 1
   */
  static int elements(int... shape) {
    long elements = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a size of " + size);
      }
      elements *= size;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("more than 2^31 - 1 values");
      }
    }
    return (int) elements;
  }

  /** How many values lie between neighbours along each axis. */
  static int[] strides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  /** The product of the sizes of the axes from one on to another, which is not in it. */
  static int product(int[] shape, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= shape[axis];
    }
    return product;
  }

  /**
   * The place in a tensor of each value of a larger one, to whose shape it is repeated along axes
   * of size 1 and along those that it does not have.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  static int[] broadcast(int[] shape, int[] to) {
    int missing = to.length - shape.length;
    if (missing < 0) {
      throw new IllegalArgumentException("more axes than the result");
    }
    int[] own = strides(shape);
    int[] steps = new int[to.length];
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == to[axis + missing]) {
        steps[axis + missing] = shape[axis] == 1 ? 0 : own[axis];
      } else if (shape[axis] != 1) {
        throw new IllegalArgumentException(
            "a size of " + shape[axis] + " for one of " + to[axis + missing]);
      }
    }
    return walk(to, steps, 0);
  }

  /**
   * The places that are met when the axes of a shape are walked through.
   *
   * @param steps how far one step along each axis goes
   * @param start the first place
   */
  static int[] walk(int[] shape, int[] steps, int start) {
    int[] places = new int[elements(shape)];
    int[] at = new int[shape.length];
    int place = start;
    for (int i = 0; i < places.length; i++) {
      places[i] = place;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place += steps[axis];
        if (++at[axis] < shape[axis]) {
          break;
        }
        place -= steps[axis] * shape[axis];
        at[axis] = 0;
      }
    }
    return places;
  }
}
