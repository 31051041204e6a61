package dev.detent.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Against the definitions, in decimal arithmetic that rounds nowhere else. */
class FixedPointTest {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  @Property
  void hasTheMultiplierIn31Bits(@ForAll @DoubleRange(min = 0.01, max = 9999) double multiplier) {
    FixedPoint fixed = FixedPoint.of(multiplier);

    assertThat(fixed.mantissa()).isGreaterThanOrEqualTo(1 << 30);
    double value = Math.scalb((double) fixed.mantissa(), fixed.exponent() - 31);
    assertThat(Math.abs(value - multiplier)).isLessThanOrEqualTo(Math.ulp((float) multiplier));
  }

  @Property
  void roundsTwice(
      @ForAll @IntRange(min = 1, max = (1 << 24) - 1) int fraction,
      @ForAll @IntRange(min = 24, max = 34) int bits,
      @ForAll @IntRange(min = -(1 << 26), max = 1 << 26) int x) {
    FixedPoint fixed = FixedPoint.of(Math.scalb((double) fraction, -bits));
    BigDecimal once = up(decimal(x, fixed.mantissa(), 31));
    BigDecimal shifted = once.divide(TWO.pow(-fixed.exponent()));

    assertThat(fixed.times(x)).isEqualTo(shifted.setScale(0, RoundingMode.HALF_UP).intValue());
    assertThat(fixed.timesHalfUp(x)).isEqualTo(up(shifted).intValue());
  }

  @Property
  void roundsOnce(
      @ForAll @IntRange(min = 1, max = (1 << 24) - 1) int fraction,
      @ForAll @IntRange(min = 24, max = 34) int bits,
      @ForAll @LongRange(min = -(1L << 40), max = 1L << 40) long x) {
    FixedPoint fixed = FixedPoint.of(Math.scalb((double) fraction, -bits));
    BigDecimal product = decimal(x, fixed.mantissa(), 31 - fixed.exponent());

    // What an int cannot hold is no result of a kernel.
    if (product.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0) {
      assertThat(fixed.timesOnce(x)).isEqualTo(up(product).intValue());
    }
  }

  @Property
  void roundsHalvesAwayFromZero(@ForAll @IntRange(min = -4000, max = 4000) int eighths) {
    double x = eighths / 8.0;

    assertThat(FixedPoint.away(x))
        .isEqualTo(BigDecimal.valueOf(x).setScale(0, RoundingMode.HALF_UP).intValue());
    assertThat(FixedPoint.divided(eighths, 3)).isEqualTo(FixedPoint.away(x));
  }

  private static BigDecimal decimal(long x, int mantissa, int bits) {
    return BigDecimal.valueOf(x).multiply(BigDecimal.valueOf(mantissa)).divide(TWO.pow(bits));
  }

  private static BigDecimal up(BigDecimal x) {
    return x.add(HALF).setScale(0, RoundingMode.FLOOR);
  }
}
