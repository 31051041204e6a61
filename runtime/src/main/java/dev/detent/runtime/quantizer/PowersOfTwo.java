package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Powers of two in the graph, exact to the bit. None has a gradient. */
public final class PowersOfTwo {
  private static final int FRACTION_BITS = 23;
  private static final int BIAS = 127;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;

  private PowersOfTwo() {}

  /**
   * The smallest power of two that is not smaller.
   *
   * @param x positive and normal: from 2^-126
   */
  public static Operand<TFloat32> atLeast(Ops tf, Operand<TFloat32> x) {
    // Adding a full fraction carries into the exponent unless the fraction is 0.
    return truncated(tf, tf.math.add(tf.bitcast(x, TInt32.class), tf.constant(FRACTION)));
  }

  /**
   * The power of two that is nearest by ratio.
   *
   * @param x positive and normal: from 2^-125
   */
  public static Operand<TFloat32> nearest(Ops tf, Operand<TFloat32> x) {
    return atLeast(tf, tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
  }

  /**
   * {@code 2^exponent}.
   *
   * @param exponent integers from -126 to 127
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> exponent) {
    var biased = tf.math.add(tf.dtypes.cast(exponent, TInt32.class), tf.constant(BIAS));
    return tf.bitcast(tf.bitwise.leftShift(biased, tf.constant(FRACTION_BITS)), TFloat32.class);
  }

  private static Operand<TFloat32> truncated(Ops tf, Operand<TInt32> bits) {
    return tf.bitcast(tf.bitwise.bitwiseAnd(bits, tf.constant(~FRACTION)), TFloat32.class);
  }
}
