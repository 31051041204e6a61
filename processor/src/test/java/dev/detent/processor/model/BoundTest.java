package dev.detent.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of the ranges that attributes have. */
class BoundTest {

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -Double.MIN_VALUE})
  void noRangeHoldsWhatIsNoNumber(double value) {
    assertThat(Bound.atLeast(0).allows(value)).isFalse();
    assertThat(Bound.NON_NEGATIVE.allows(value)).isFalse();
    assertThat(Bound.POSITIVE.allows(value)).isFalse();
    assertThat(Bound.SHARE.allows(value)).isFalse();
    assertThat(Bound.ANY.allows(value)).isEqualTo(value == -Double.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0})
  void zeroIsAtTheEnd(double zero) {
    assertThat(Bound.atLeast(0).allows(zero)).isTrue();
    assertThat(Bound.atLeast(1).allows(zero)).isFalse();
    assertThat(Bound.NON_NEGATIVE.allows(zero)).isTrue();
    assertThat(Bound.POSITIVE.allows(zero)).isFalse();
    assertThat(Bound.SHARE.allows(zero)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, Integer.MAX_VALUE})
  void oneIsNoShare(double value) {
    assertThat(Bound.atLeast(1).allows(value)).isTrue();
    assertThat(Bound.POSITIVE.allows(value)).isTrue();
    assertThat(Bound.SHARE.allows(value)).isFalse();
    assertThat(Bound.SHARE.allows(Math.nextDown(1))).isTrue();
  }
}
