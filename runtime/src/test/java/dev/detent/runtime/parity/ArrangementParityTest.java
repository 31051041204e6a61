package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.PadMode;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Operations that put the values of one tensor in other places are exact on all kernels. */
class ArrangementParityTest {
  private static final int EXAMPLES = 5;

  @Property(tries = 15)
  void transpose(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 6) Integer> sizes,
      @ForAll long seed) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 1; i <= sizes.size(); i++) {
      axes.add(i);
    }
    Collections.shuffle(axes, new Random(seed));
    int[] order = ints(axes);
    int[] shape = ints(sizes);
    int[] result = Arrays.stream(order).map(axis -> shape[axis - 1]).toArray();
    isExact((n, x) -> n.transpose("y", x, order).output(result), shape);
  }

  @Property(tries = 15)
  void slice(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> sizes,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    List<Integer> result = new ArrayList<>();
    for (int size : sizes) {
      int from = random.nextInt(size);
      int taken = 1 + random.nextInt(size - from);
      int stride = 1 + random.nextInt(3);
      begin.add(from);
      end.add(from + taken);
      strides.add(stride);
      result.add((taken + stride - 1) / stride);
    }
    isExact((n, x) -> n.slice("y", x, begin, end, strides).output(ints(result)), ints(sizes));
  }

  @Property(tries = 10)
  void reversedSteps(
      @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(min = 1, max = 9) int channels) {
    isExact((n, x) -> n.reversed("y", x).output(steps, channels), steps, channels);
  }

  @Property(tries = 10)
  void padOfSequence(
      @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(max = 4) int before,
      @ForAll @IntRange(max = 4) int behind) {
    isExact(
        (n, x) -> n.zeroPad1d("y", x, before, behind).output(before + steps + behind, 3), steps, 3);
  }

  @Property(tries = 15)
  void mirrorPad(
      @ForAll PadMode mode,
      @ForAll @IntRange(min = 1, max = 7) int height,
      @ForAll @IntRange(min = 1, max = 7) int width,
      @ForAll long seed) {
    int kept = mode == PadMode.REFLECT ? 1 : 0;
    Random random = new Random(seed);
    int top = random.nextInt(height - kept + 1);
    int bottom = random.nextInt(height - kept + 1);
    int left = random.nextInt(width - kept + 1);
    int right = random.nextInt(width - kept + 1);
    isExact(
        (n, x) ->
            n.mirrorPad("y", x, mode, top, bottom, left, right)
                .output(top + height + bottom, left + width + right, 2),
        height,
        width,
        2);
  }

  @Property(tries = 10)
  void blocks(
      @ForAll boolean isSpaceToDepth,
      @ForAll @IntRange(min = 1, max = 3) int height,
      @ForAll @IntRange(min = 1, max = 3) int width,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 2, max = 4) int block) {
    int[] fine = {height * block, width * block, channels};
    int[] deep = {height, width, channels * block * block};
    if (isSpaceToDepth) {
      isExact((n, x) -> n.spaceToDepth("y", x, block).output(deep), fine);
    } else {
      isExact((n, x) -> n.depthToSpace("y", x, block).output(fine), deep);
    }
  }

  @Property(tries = 5)
  void repeat(
      @ForAll @IntRange(min = 1, max = 9) int features,
      @ForAll @IntRange(min = 1, max = 6) int times) {
    isExact((n, x) -> n.tile("y", x, times).output(times, features), 1, features);
  }

  /** All parts of one tensor are one operation, also if one is unused and one is used twice. */
  @Test
  void partsOfOneTensorAreOneOperation() {
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor x = n.input("x").output(OneOperation.X, 4, 8);
              Tensor[] parts = new Tensor[3];
              int[] indices = {3, 0, 3};
              for (int i = 0; i < parts.length; i++) {
                parts[i] = n.split("part" + i, x, 2, 4, indices[i]).output(4, 2);
              }
              n.output("part1", parts[1]);
              n.output("y", n.concatenation("y", 2, parts).output(OneOperation.X, 4, 6));
            },
            1);
    try (Parity parity = Parity.of(model, Parity.gaussian(new Random(4), EXAMPLES, 0, 1, 32))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::name)
          .containsExactly("SPLIT", "CONCATENATION");
    }
  }

  private static void isExact(BiFunction<NetworkBuilder, Tensor, Tensor> operation, int... shape) {
    TinyModel model = OneOperation.of(OneOperation.X, operation, shape);
    float[][] data =
        Parity.gaussian(new Random(shape.length), EXAMPLES, 0.4, 1, Parity.elements(shape));
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
