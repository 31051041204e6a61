package dev.detent.processor.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How much a slice takes. */
class SlicingTest {

  /** As many places as a loop over them visits. */
  @Property
  void sizeIsTheNumberOfPlaces(
      @ForAll @IntRange(max = 9) int begin,
      @ForAll @IntRange(max = 9) int end,
      @ForAll @IntRange(min = 1, max = 4) int stride) {
    int places = 0;
    for (int i = begin; i < end; i += stride) {
      places++;
    }
    int size = new Slicing(List.of(begin), List.of(end), List.of(stride)).sizes().get(0);
    assertThat(Math.max(size, 0)).isEqualTo(places);
  }
}
