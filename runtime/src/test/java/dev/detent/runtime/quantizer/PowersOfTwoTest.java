package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.op.Ops;

/** Powers of two to the bit, and ranges that must have them. */
class PowersOfTwoTest {
  @Test
  void areExact() {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      for (int exponent = -60; exponent <= 60; exponent++) {
        float power = Math.scalb(1f, exponent);
        assertThat(PowersOfTwo.of(tf, tf.constant((float) exponent)).asTensor().getFloat())
            .isEqualTo(power);
        assertThat(PowersOfTwo.atLeast(tf, tf.constant(power)).asTensor().getFloat())
            .isEqualTo(power);
        assertThat(PowersOfTwo.atLeast(tf, tf.constant(Math.nextUp(power))).asTensor().getFloat())
            .isEqualTo(2 * power);
        assertThat(PowersOfTwo.atLeast(tf, tf.constant(Math.nextDown(power))).asTensor().getFloat())
            .isEqualTo(power);
        // Nearest by ratio: the border lies at the square root of two.
        assertThat(PowersOfTwo.nearest(tf, tf.constant(1.41f * power)).asTensor().getFloat())
            .isEqualTo(power);
        assertThat(PowersOfTwo.nearest(tf, tf.constant(1.42f * power)).asTensor().getFloat())
            .isEqualTo(2 * power);
        assertThat(PowersOfTwo.nearest(tf, tf.constant(power)).asTensor().getFloat())
            .isEqualTo(power);
      }
    }
  }

  @Test
  void fixedRangesKeepTheirGrid() {
    ActivationRange softmax = ActivationRange.fixed("y", 8, 1.0 / 256, -128);
    assertThat(softmax.quantizer(LastValue::new)).isEqualTo(softmax);
    assertThat(softmax.powerOfTwo().isPowerOfTwo()).isTrue();
    assertThatThrownBy(() -> ActivationRange.fixed("y", 8, 0.3, 0).powerOfTwo())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("range 'y' with the fixed scale 0.3, which is no power of two");
    assertThatThrownBy(() -> new Fixed(0, 1)).hasMessageContaining("must be positive");
  }
}
