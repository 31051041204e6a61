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

  /** Sizes of 1 are repeated, and the shorter shape has such sizes in front. */
  @Test
  void broadcastRepeatsSizesOfOne() {
    assertThat(Shape.of(8, 8, 3).broadcast(Shape.of(1, 1, 3))).contains(Shape.of(8, 8, 3));
    assertThat(Shape.of(3).broadcast(Shape.of(8, 8, 3))).contains(Shape.of(8, 8, 3));
    assertThat(Shape.of(8, 1, 3).broadcast(Shape.of(1, 5, 3))).contains(Shape.of(8, 5, 3));
    assertThat(Shape.of(8, 8, 3).broadcast(Shape.of(8, 4, 3))).isEmpty();
    assertThat(Shape.of(8, 3).broadcast(Shape.of(8))).isEmpty();
  }

  @Property
  void broadcastIsTheSameBothWays(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 3) Integer> a,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 3) Integer> b) {
    assertThat(new Shape(a).broadcast(new Shape(b)))
        .isEqualTo(new Shape(b).broadcast(new Shape(a)));
  }

  /** As Keras counts: the batch is 0. */
  @Test
  void axesCountTheBatch() {
    Shape image = Shape.of(28, 28, 3);
    assertThat(image.axis(1)).isZero();
    assertThat(image.axis(3)).isEqualTo(2);
    assertThat(image.axis(-1)).isEqualTo(2);
    assertThat(image.axis(0)).isNegative();
    assertThat(image.axis(-4)).isNegative();
  }
}
