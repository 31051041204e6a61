package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Ranges after some batches, by hand. */
class MinMaxQuantizersTest {
  private static final float[][] BATCHES = {{-1, 2}, {-3, 1}, {-2, 6}, {-0.5f, 0.5f}};

  /** The range after each batch, from an arbitrary start that must not matter. */
  private static float[][] ranges(MinMaxQuantizer quantizer, int seenBefore, float... start) {
    float[][] result = new float[BATCHES.length][];
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      float[] now = start;
      for (int i = 0; i < BATCHES.length; i++) {
        Bounds next =
            quantizer.next(
                tf,
                new Bounds(tf.constant(now[0]), tf.constant(now[1])),
                new Bounds(tf.constant(BATCHES[i][0]), tf.constant(BATCHES[i][1])),
                tf.constant((float) (seenBefore + i)));
        now = new float[] {value(next.min()), value(next.max())};
        result[i] = now;
      }
    }
    return result;
  }

  private static float value(Operand<TFloat32> scalar) {
    return scalar.asTensor().getFloat();
  }

  @Test
  void lastValue() {
    assertThat(ranges(new LastValue(), 0, -100, 100)).isDeepEqualTo(BATCHES);
  }

  @Test
  void allValues() {
    assertThat(ranges(new AllValues(), 0, -100, 100))
        .isDeepEqualTo(new float[][] {{-1, 2}, {-3, 2}, {-3, 6}, {-3, 6}});
    // Going on from a calibration, that one counts.
    assertThat(ranges(new AllValues(), 1, -2, 5))
        .isDeepEqualTo(new float[][] {{-2, 5}, {-3, 5}, {-3, 6}, {-3, 6}});
  }

  /** The first batch sets the range, the next ones are averaged evenly: the warm start. */
  @Test
  void movingAverageStartsWarm() {
    float[][] ranges = ranges(new MovingAverage(), 0, -100, 100);
    float[][] means = {{-1, 2}, {-2, 1.5f}, {-2, 3}, {-6.5f / 4, 9.5f / 4}};
    for (int i = 0; i < means.length; i++) {
      assertThat(ranges[i]).containsExactly(means[i], within(1e-5f));
    }
  }

  @Test
  void movingAverageThenDecays() {
    float[] first = ranges(new MovingAverage(0.9), 1000, -4, 8)[0];
    assertThat(first).containsExactly(new float[] {-3.7f, 7.4f}, within(1e-5f));
    // A small decay rules from the start: d = min(0.4, seen / (seen + 1)).
    float[][] fast = ranges(new MovingAverage(0.4), 0, -100, 100);
    assertThat(fast[1]).containsExactly(new float[] {-1 - 2 * 0.6f, 2 - 0.6f}, within(1e-5f));
    assertThatThrownBy(() -> new MovingAverage(1)).hasMessageContaining("[0, 1)");
  }

  /** In a model: the range that fine-tuning leaves is the quantizer's, widened to hold 0. */
  @Test
  void quantizersInAModel() {
    assertThat(rangeAfterTraining(LastValue::new)).containsExactly(0, 4);
    assertThat(rangeAfterTraining(AllValues::new)).containsExactly(0, 7);
    // Calibrated to [0, 7] in one batch; then batches with the maxima 1, 7 and 4 in some order.
    float[] moving = rangeAfterTraining(MovingAverage::new);
    assertThat(moving[1]).isCloseTo((7 + 1 + 7 + 4) / 4f, within(1e-5f));
  }

  private static float[] rangeAfterTraining(Supplier<? extends ActivationQuantizer> quantizer) {
    ActivationRange range = ActivationRange.learned("x", 8).quantizer(quantizer);
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "y",
                    n.fullyConnected("y", n.input("x").output(range, 1)).kernel(1, 1).output(1)),
            lastIsFour())) {
      float[][] inputs = {{1}, {7}, {4}};
      Dataset data = new Dataset(Features.of(inputs, 1), Targets.values(new float[3]));
      model.quantize(data);
      assertThat(model.get("x/range/max")).containsExactly(7);
      model.fit(
          data,
          Fit.epochs(1)
              .batchSize(1)
              .rangeWarmUp(1)
              .optimizer(Optimizers.sgd(1e-9))
              .progress(Progress.Style.SILENT));
      return new float[] {model.get("x/range/min")[0], model.get("x/range/max")[0]};
    }
  }

  /** A seed whose shuffling puts the third of three examples last. */
  private static long lastIsFour() {
    for (long seed = 0; ; seed++) {
      var order =
          Batches.of(new Dataset(Features.of(new float[3][1], 1), Targets.values(new float[3])), 1)
              .shuffled(seed);
      int last = -1;
      try (var batches = order.epoch(0)) {
        while (batches.hasNext()) {
          last = batches.next().index(0);
        }
      }
      if (last == 2) {
        return seed;
      }
    }
  }

  /** The nudged encoding keeps 0 exact, whatever the bounds. */
  @Test
  void nudgedEncodings() {
    for (float[] bounds : List.of(new float[] {-1, 1}, new float[] {0, 6}, new float[] {-3, 0})) {
      Encoding encoding = Encoding.nudged(bounds[0], bounds[1], 8);
      assertThat(encoding.dequantize(encoding.zeroPoint())).isZero();
      assertThat(encoding.scale()).isEqualTo((bounds[1] - bounds[0]) / 255);
    }
    assertThat(Encoding.nudged(0, 6, 8).zeroPoint()).isEqualTo(-128);
    assertThat(Encoding.nudged(-3, 0, 8).zeroPoint()).isEqualTo(127);
  }

  /** The encoding that is exported is the one that TensorFlow's fake quantization computes with. */
  @Test
  void nudgedEncodingIsThatOfFakeQuantization() {
    Random random = new Random(4);
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      for (int i = 0; i < 2000; i++) {
        // Every fourth is symmetric, where the zero point is nearly a tie.
        float max = (float) Math.exp(random.nextGaussian() * 3);
        float min = i % 4 == 0 ? -max : -max * random.nextFloat() * 2;
        Encoding encoding = Encoding.nudged(min, max, 8);
        float[] ends = new float[2];
        for (int end = 0; end < 2; end++) {
          ends[end] =
              value(
                  tf.quantization.fakeQuantWithMinMaxVars(
                      tf.constant(end == 0 ? -1e9f : 1e9f), tf.constant(min), tf.constant(max)));
        }
        // Another zero point would move both by a whole step.
        assertThat(ends[0]).isCloseTo(encoding.dequantize(-128), within(encoding.scale() / 100));
        assertThat(ends[1]).isCloseTo(encoding.dequantize(127), within(encoding.scale() / 100));
      }
    }
  }
}
