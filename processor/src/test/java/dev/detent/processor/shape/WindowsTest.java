package dev.detent.processor.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Padding;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions of a window against their definitions, counted one by one. */
class WindowsTest {

  /** Every sample of the window is inside. */
  @Property
  void validCountsWindowsInside(
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 12) int window,
      @ForAll @IntRange(min = 1, max = 7) int stride,
      @ForAll @IntRange(min = 1, max = 5) int dilation) {
    int count = 0;
    for (int start = 0; start + (window - 1) * dilation < size; start += stride) {
      count++;
    }
    assertThat(Windows.positions(size, window, stride, dilation, Padding.VALID)).isEqualTo(count);
  }

  /** As many as there are multiples of the stride inside, whatever the window is. */
  @Property
  void sameCountsSteps(
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 90) int window,
      @ForAll @IntRange(min = 1, max = 70) int stride,
      @ForAll @IntRange(min = 1, max = 5) int dilation) {
    int count = 0;
    for (int start = 0; start < size; start += stride) {
      count++;
    }
    assertThat(Windows.positions(size, window, stride, dilation, Padding.SAME)).isEqualTo(count);
  }

  /** Numbers whose products and sums are more than an int holds. */
  @ParameterizedTest
  @CsvSource({
    "2147483647, 2147483647, 1, 1, VALID, 1",
    "2147483647, 2147483647, 1, 2147483647, VALID, 0",
    "2147483647, 2, 1, 2147483646, VALID, 1",
    "2147483647, 2, 1, 2147483647, VALID, 0",
    "2147483647, 1, 2147483647, 1, VALID, 1",
    "2147483647, 3, 1, 1, SAME, 2147483647",
    "2147483647, 3, 2147483647, 1, SAME, 1",
    "2147483647, 3, 2, 1, SAME, 1073741824"
  })
  void largeNumbersDoNotOverflow(
      int size, int window, int stride, int dilation, Padding padding, int positions) {
    assertThat(Windows.positions(size, window, stride, dilation, padding)).isEqualTo(positions);
  }
}
