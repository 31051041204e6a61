package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.quantizer.Encoding;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of activations, in float and on the deployed forward pass: those of the real
 * function, which differences of its values show.
 */
class ActivationGradientsTest {
  private static final int SIZE = 60;
  private static final float STEP = 1e-2f;

  /** Where some activation has a kink. */
  private static final double[] KINKS = {-3, -1, 0, 1, 3, 4.5};

  static List<ActivationCase> all() {
    return Stream.concat(ActivationCase.ALL.stream(), ActivationCase.COMPOSED.stream()).toList();
  }

  /**
   * Differences over 2 * 0.01 are wrong by 0.01^2 / 6 of the third derivative, at most 2 here, and
   * by the rounding of two times 60 floats below 10, each half of 2^-20, over 0.02: together less
   * than 3e-3. On the deployed pass, where the gradient is taken on the grid too, a factor may be
   * rounded: swish's sigmoid by half of 1/256 and an alpha by half of 1/127 of the largest one,
   * 0.12 here. What is composed of several operations is taken in float: on the grid each of them
   * has its own gradient, at what the one before it has rounded.
   */
  @ParameterizedTest
  @MethodSource("all")
  void areThoseOfTheRealFunction(ActivationCase activation) {
    float[] x = new float[SIZE];
    Random random = new Random(1);
    for (int i = 0; i < SIZE; i++) {
      x[i] = -4 + 9.5f * random.nextFloat();
    }
    try (TinyModel model = ActivationCase.model(List.of(activation), SIZE)) {
      model.quantize(
          new Dataset(
              Features.of(new float[][] {x, x}, SIZE), Targets.values(new float[2][SIZE], SIZE)));
      float[] onGrid = run(model, Pass.QUANTIZED, x, "x");
      float[] weights = weights(model, activation, onGrid, random);
      List<Pass> passes =
          ActivationCase.COMPOSED.contains(activation)
              ? List.of(Pass.FLOAT_TRAINING)
              : List.of(Pass.FLOAT_TRAINING, Pass.QAT_FROZEN);
      for (Pass pass : passes) {
        float[] gradient = gradient(model, pass, activation.name(), onGrid, weights);
        for (int i = 0; i < SIZE; i++) {
          double difference =
              weighted(model, activation, moved(onGrid, i, STEP), weights)
                  - weighted(model, activation, moved(onGrid, i, -STEP), weights);
          assertThat((double) gradient[i])
              .as("%s at %s in %s", activation.name(), onGrid[i], pass)
              .isCloseTo(
                  difference / (2 * STEP), within(pass.quantized() ? 1 / 512.0 + 3e-3 : 3e-3));
        }
      }
    }
  }

  /** 1 or -1, but 0 for outputs at a kink, or within two steps of the ends of their range. */
  private static float[] weights(
      TinyModel model, ActivationCase activation, float[] x, Random random) {
    float[] y = run(model, Pass.FLOAT, x, activation.name());
    Encoding encoding = model.encoding(activation.range());
    float[] weights = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      boolean isSmooth = true;
      for (double kink : KINKS) {
        isSmooth &= Math.abs(x[i] - kink) > 2 * STEP;
      }
      boolean isInside = y[i] >= encoding.dequantize(-126) && y[i] <= encoding.dequantize(125);
      weights[i] = isSmooth && isInside ? (random.nextBoolean() ? 1 : -1) : 0;
    }
    return weights;
  }

  private static double weighted(
      TinyModel model, ActivationCase activation, float[] x, float[] weights) {
    float[] y = run(model, Pass.FLOAT, x, activation.name());
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += (double) y[i] * weights[i];
    }
    return sum;
  }

  private static float[] moved(float[] x, int index, float by) {
    float[] moved = x.clone();
    moved[index] += by;
    return moved;
  }

  private static float[] run(TinyModel model, Pass which, float[] x, String tensor) {
    PassGraph pass = model.graph().pass(which);
    return fetch(model, pass, x, pass.tensors().get(tensor).operand());
  }

  private static float[] gradient(
      TinyModel model, Pass which, String output, float[] x, float[] weights) {
    PassGraph pass = model.graph().pass(which);
    var tf = model.graph().ops();
    var y = pass.outputs().get(output).operand();
    var loss = tf.reduceSum(tf.math.mul(y, tf.constant(weights)), tf.constant(new int[] {0, 1}));
    return fetch(
        model, pass, x, tf.gradients(loss, List.of(pass.tensors().get("x").operand())).dy(0));
  }

  private static float[] fetch(TinyModel model, PassGraph pass, float[] x, Operand<TFloat32> what) {
    try (TFloat32 fed = TFloat32.tensorOf(Shape.of(1, x.length), DataBuffers.of(x, true, false));
        Result result =
            model
                .graph()
                .session()
                .runner()
                .feed(pass.inputs().get("x").value(), fed)
                .fetch(what)
                .run()) {
      return Tensors.toArray((TFloat32) result.get(0));
    }
  }

  /** 1 where a value passes, else 0. */
  @Test
  void ofAThresholdIsThatOfWhatPasses() {
    try (TinyModel model =
        OneOperation.of(
            OneOperation.X, (n, x) -> n.thresholdedRelu("y", x, 0.5).output(SIZE), SIZE)) {
      float[] x = new float[SIZE];
      float[] ones = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        x[i] = (i - 20) / 16f;
        ones[i] = 1;
      }
      model.quantize(
          new Dataset(
              Features.of(new float[][] {x, x}, SIZE), Targets.values(new float[2][SIZE], SIZE)));
      float[] onGrid = run(model, Pass.QUANTIZED, x, "x");
      float[] expected = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        expected[i] = onGrid[i] > 0.5f ? 1 : 0;
      }
      for (Pass pass : new Pass[] {Pass.FLOAT_TRAINING, Pass.QAT_FROZEN}) {
        assertThat(gradient(model, pass, "y", onGrid, ones)).containsExactly(expected);
      }
    }
  }

  /** Alpha's is the sum of all negative values that it multiplies. */
  @Test
  void alphaIsTrained() {
    try (TinyModel model =
        OneOperation.of(
            OneOperation.X,
            (n, x) ->
                n.prelu("y", x)
                    .alpha(1)
                    .alphaInitializer(Initializer.ONES)
                    .quantizeAlpha(8)
                    .output(OneOperation.Y, 4),
            4)) {
      float[] x = {-2, 1, -0.5f, 2};
      model.quantize(
          new Dataset(Features.of(new float[][] {x, x}, 4), Targets.values(new float[2][4], 4)));
      for (Pass which : new Pass[] {Pass.FLOAT_TRAINING, Pass.QAT_FROZEN}) {
        PassGraph pass = model.graph().pass(which);
        var tf = model.graph().ops();
        var sum = tf.reduceSum(pass.outputs().get("y").operand(), tf.constant(new int[] {0, 1}));
        var alpha = pass.trainable().get(model.graph().variables().find("y/alpha"));
        float[] gradient = fetch(model, pass, x, tf.gradients(sum, List.of(alpha)).dy(0));
        // The input is half a step of 4 / 255 off at most, twice.
        assertThat(gradient).hasSize(1);
        assertThat(gradient[0]).isCloseTo(-2.5f, within(4f / 255));
      }
    }
  }
}
