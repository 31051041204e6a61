package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.PadMode;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.graph.MoveLayer;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.export.Moves;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.verify.TfliteFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
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
    isExact(move -> move.transpose(order), move -> move.transpose(order), ints(sizes));
  }

  @Property(tries = 15)
  void slice(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> sizes,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> begin = new ArrayList<>();
    List<Integer> end = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    for (int size : sizes) {
      int from = random.nextInt(size);
      begin.add(from);
      end.add(from + 1 + random.nextInt(size - from));
      strides.add(1 + random.nextInt(3));
    }
    isExact(
        move -> move.slice(begin, end, strides),
        move -> move.slice(begin, end, strides),
        ints(sizes));
  }

  @Property(tries = 10)
  void padOfSequence(
      @ForAll @IntRange(min = 1, max = 9) int steps,
      @ForAll @IntRange(max = 4) int before,
      @ForAll @IntRange(max = 4) int behind) {
    isExact(
        move -> move.zeroPad1d(before, behind), move -> move.zeroPad1d(before, behind), steps, 3);
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
        move -> move.mirrorPad(mode, top, bottom, left, right),
        move -> move.mirrorPad(mode, top, bottom, left, right),
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
    if (isSpaceToDepth) {
      isExact(
          move -> move.spaceToDepth(block),
          move -> move.spaceToDepth(block),
          height * block,
          width * block,
          channels);
    } else {
      isExact(
          move -> move.depthToSpace(block),
          move -> move.depthToSpace(block),
          height,
          width,
          channels * block * block);
    }
  }

  @Property(tries = 5)
  void repeat(
      @ForAll @IntRange(min = 1, max = 9) int features,
      @ForAll @IntRange(min = 1, max = 6) int times) {
    isExact(move -> move.repeat(times), move -> move.repeat(times), 1, features);
  }

  /** All parts of one tensor are one operation, also if one is unused and one is used twice. */
  @Test
  void partsOfOneTensorAreOneOperation() {
    TinyModel model =
        new TinyModel(
            g -> {
              LayerTensor x = g.input("x", 4, 8).output(OneOperation.X);
              List<LayerTensor> parts = new ArrayList<>();
              for (int i : new int[] {3, 0, 3}) {
                parts.add(
                    g.move("part" + parts.size(), x)
                        .slice(List.of(0, 2 * i), List.of(4, 2 * i + 2), List.of(1, 1)));
              }
              g.output("part1", parts.get(1));
              g.output(
                  "y", g.concat("y", 2, parts.toArray(LayerTensor[]::new)).output(OneOperation.X));
            },
            p -> {
              PlanTensor x = p.input("x", 4, 8).output(OneOperation.X);
              List<PlanTensor> parts = new ArrayList<>();
              for (int i : new int[] {3, 0, 3}) {
                parts.add(
                    p.move("part" + parts.size(), x).split(2, 4, i).output(OneOperation.X, 4, 2));
              }
              p.output("part1", parts.get(1));
              p.output(
                  "y",
                  p.concatenation("y", 2, parts.toArray(PlanTensor[]::new))
                      .output(OneOperation.X, 4, 6));
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

  private static void isExact(
      Function<MoveLayer, LayerTensor> layer,
      Function<Moves, PlanBuilder.Step> operation,
      int... shape) {
    TinyModel model =
        OneOperation.tied()
            .model(
                (g, in, to) -> layer.apply(g.move("y", in.get(0))),
                (p, in) -> operation.apply(p.move("y", in.get(0))),
                shape);
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
