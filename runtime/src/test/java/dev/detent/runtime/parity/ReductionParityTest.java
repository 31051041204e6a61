package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.ReductionStep;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Axes that become one value: graph against interpreter. */
class ReductionParityTest {
  private static final int VALUES = 1000;

  @TempDir private Path folder;

  /** What the values become. */
  enum Kind {
    MEAN,
    SUM,
    MAX
  }

  @Property(tries = 40)
  void reductions(
      @ForAll Kind kind,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 7) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 15) int mask,
      @ForAll boolean keepDims,
      @ForAll @IntRange(min = -2, max = 2) int level,
      @ForAll long seed) {
    int[] axes =
        IntStream.rangeClosed(1, sizes.size()).filter(i -> (mask >> (i - 1) & 1) == 1).toArray();
    Assume.that(axes.length > 0 && (keepDims || axes.length < sizes.size()));
    int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
    TinyModel model =
        (kind == Kind.MAX ? OneOperation.tied() : OneOperation.own())
            .model(
                (n, in, to) -> {
                  Tensor x = in.get(0);
                  return OneOperation.reduced(step(n, kind, x), x, keepDims, to, axes);
                },
                shape);
    int elements = Parity.elements(shape);
    int examples = Math.max(4, VALUES / elements);
    float[][] data = Parity.gaussian(new Random(seed), examples, level, 1, elements);
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      if (kind == Kind.MEAN) {
        // XNNPACK rounds the real mean once; MeanParityTest derives why that is one step at most.
        parity.atMost(Kernels.XNNPACK, 1);
      } else {
        parity.isExact(Kernels.XNNPACK);
      }
    }
  }

  /** As where a mean is put beside the largest value, whose range is its input's. */
  @Property(tries = 12)
  void meansInTheRangeOfTheirInput(
      @ForAll boolean isImage,
      @ForAll @IntRange(min = 1, max = 7) int height,
      @ForAll @IntRange(min = 1, max = 7) int width,
      @ForAll boolean keepDims,
      @ForAll @IntRange(min = -2, max = 2) int level,
      @ForAll long seed) {
    int[] axes = isImage ? new int[] {1, 2} : new int[] {2};
    TinyModel model =
        OneOperation.of(
            OneOperation.X,
            (n, x) -> OneOperation.reduced(n.mean("y", x), x, keepDims, OneOperation.X, axes),
            height,
            width,
            8);
    float[][] data = Parity.gaussian(new Random(seed), 30, level, 1, height * width * 8);
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.atMost(Kernels.XNNPACK, 1);
    }
  }

  /** Of values that lie on few integers, so that many are equal: the first one counts. */
  @Property(tries = 12)
  void largestPlaces(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 7) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 4) int axis,
      @ForAll boolean isFloat,
      @ForAll long seed) {
    Assume.that(axis <= sizes.size());
    int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
    int[] places =
        IntStream.range(0, shape.length).filter(i -> i != axis - 1).map(i -> shape[i]).toArray();
    TinyModel model =
        OneOperation.of(
            OneOperation.X,
            (n, x) -> {
              Tensor read = isFloat ? n.dequantize("real", x).output(shape) : x;
              return n.argMax("y", read, axis).output(places);
            },
            shape);
    int elements = Parity.elements(shape);
    float[][] data =
        Parity.gaussian(new Random(seed), Math.max(4, VALUES / elements), 0, 1.5, elements);
    for (float[] example : data) {
      for (int i = 0; i < elements; i++) {
        example[i] = Math.round(example[i]);
      }
    }
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /** TFLite's SUM adds integers up in 8 bits where input and output have one scale. */
  @Test
  void sumInTheRangeOfItsInputIsRefused() {
    try (TinyModel model =
        OneOperation.of(
            OneOperation.X, (n, x) -> n.sum("y", x).axes(1).output(OneOperation.X, 2), 3, 2)) {
      float[][] data = Parity.gaussian(new Random(1), 4, 0, 1, 6);
      model.quantize(Parity.examples(model, List.<float[][]>of(data)));
      Path file = folder.resolve("sum.tflite");
      assertThatThrownBy(() -> model.exportInt8(file))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("'y' has the scale and zero point of its input 'x'");
      assertThat(file).doesNotExist();
    }
  }

  private static ReductionStep step(NetworkBuilder n, Kind kind, Tensor x) {
    return switch (kind) {
      case MEAN -> n.mean("y", x);
      case SUM -> n.sum("y", x);
      case MAX -> n.reduceMax("y", x);
    };
  }
}
