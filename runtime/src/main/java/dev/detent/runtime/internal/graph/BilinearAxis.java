package dev.detent.runtime.internal.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * One axis of TFLite's built-in int8 RESIZE_BILINEAR
 * (kernels/internal/reference/resize_bilinear.h): where each place of the output lies in the input,
 * in steps of 1/1024 of a pixel, all in integers. The step from one place to the next is rounded
 * once and then counted up, so that places far from the origin are off by up to half of 1/1024 for
 * each place before them.
 *
 * @param lower the pixel before each place
 * @param upper the pixel after it
 * @param distance from the pixel before, in 1/1024
 */
record BilinearAxis(int[] lower, int[] upper, int[] distance) {
  private static final int ONE = 1 << 10;

  static BilinearAxis of(int input, int output, boolean alignCorners, boolean halfPixelCenters) {
    boolean aligned = alignCorners && output > 1;
    int from = aligned ? input - 1 : input;
    int to = aligned ? output - 1 : output;
    int step = (ONE * from + to / 2) / to;
    int[] lower = new int[output];
    int[] upper = new int[output];
    int[] distance = new int[output];
    for (int i = 0; i < output; i++) {
      int place = i * step + (halfPixelCenters ? step / 2 - ONE / 2 : 0);
      lower[i] = Math.max(place / ONE, 0);
      upper[i] = Math.min((place + ONE - 1) / ONE, input - 1);
      distance[i] = place - ONE * lower[i];
    }
    return new BilinearAxis(lower, upper, distance);
  }

  /**
   * The resized image, in integers, rounded half away from zero.
   *
   * @param kernel with one grid for input and output
   */
  static Operand<TFloat32> resize(Kernel kernel, BilinearAxis rows, BilinearAxis columns) {
    Ops tf = kernel.tf;
    var zeroPoint = kernel.to.zeroPoint();
    var q = tf.math.add(kernel.steps(), zeroPoint);
    var inRows = rows.interpolate(tf, q, 1); // up to 128 * 1024, exact in float
    var inBoth = columns.interpolate(tf, kernel.wide(inRows), 2);
    var one = kernel.wide(tf.constant((double) ONE * ONE));
    var rounded = kernel.halfAway(tf.math.div(inBoth, one));
    return kernel.real(tf.math.sub(kernel.narrow(rounded), zeroPoint));
  }

  /** 1024 times what lies between the pixels, along one axis of an image. */
  private <T extends TNumber> Operand<T> interpolate(Ops tf, Operand<T> image, int axis) {
    var along = tf.constant(axis);
    var before = tf.gather(image, tf.constant(lower), along);
    var next = tf.gather(image, tf.constant(upper), along);
    int[] shape = {1, 1, 1, 1};
    shape[axis] = distance.length;
    var share = tf.reshape(tf.dtypes.cast(tf.constant(distance), image.type()), tf.constant(shape));
    var whole = tf.dtypes.cast(tf.constant(ONE), image.type());
    return tf.math.add(tf.math.mul(before, tf.math.sub(whole, share)), tf.math.mul(next, share));
  }
}
