package dev.detent.processor.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sizes of tensors. */
class ShapeTest {

  /** The product, or the largest long where no long holds it. */
  @Property
  void elementsIsTheProduct(@ForAll @Size(min = 1, max = 4) List<@Positive Integer> sizes) {
    BigInteger product =
        sizes.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    assertThat(BigInteger.valueOf(new Shape(sizes).elements()))
        .isEqualTo(product.min(BigInteger.valueOf(Long.MAX_VALUE)));
  }

  @Property
  void withChangesOneSize(
      @ForAll @Size(min = 1, max = 4) List<@Positive Integer> sizes,
      @ForAll @IntRange(min = 0, max = 3) int place,
      @ForAll @Positive int size) {
    int axis = place % sizes.size();
    Shape changed = new Shape(sizes).with(axis, size);
    List<Integer> expected = new ArrayList<>(sizes);
    expected.set(axis, size);
    assertThat(changed.sizes()).isEqualTo(expected);
    assertThat(changed.rank()).isEqualTo(sizes.size());
    assertThat(changed.channels()).isEqualTo(expected.get(expected.size() - 1));
  }

  @Test
  void textIsThatOfMessagesAndCalls() {
    assertThat(Shape.of(28, 28, 1)).hasToString("[28, 28, 1]");
    assertThat(Shape.of(28, 28, 1).arguments()).isEqualTo("28, 28, 1");
  }

  /** What was given may change afterwards. */
  @Test
  void isImmutable() {
    List<Integer> sizes = new ArrayList<>(List.of(2, 3));
    Shape shape = new Shape(sizes);
    sizes.set(0, 9);
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }
}
