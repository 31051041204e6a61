package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Attention, normalization, tables and recurrences: the gradients of the float graph are those of
 * differences, and the gradients of fine-tuning point where those of float training point.
 */
class SequenceGradientsTest {
  private static final int EXAMPLES = 32;

  /**
   * What 8 bits leave: each tensor carries noise of 1/sqrt(12) of a step, and has at least 20 steps
   * in a deviation, so that a gradient that passes through 25 of them has noise of at most 25 / (12
   * * 20^2), 0.5% of its square, and a cosine above 0.997. The weights of an attention have fewer
   * steps, 256 / 6 around their mean, which they share between 6 positions: twice the noise in a
   * few of the 25.
   */
  private static final double SAME_DIRECTION = 0.99;

  private static ActivationRange learned(String name) {
    return ActivationRange.learned(name, 8);
  }

  @Test
  void attentionAndNormalization() {
    int steps = 6;
    int channels = 8;
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor x = n.input("x").output(learned("x"), steps, channels);
              Tensor positions =
                  n.parameter("positions")
                      .initializer(Initializer.GLOROT_UNIFORM)
                      .output(learned("positions"), steps, channels);
              Tensor placed =
                  n.add("placed", x, positions).output(learned("placed"), steps, channels);
              Tensor mean =
                  n.mean("mean", placed).axes(2).keepDims().output(learned("mean"), steps, 1);
              Tensor centered =
                  n.subtract("centered", placed, mean).output(learned("centered"), steps, channels);
              Tensor unit =
                  n.l2Normalization("unit", centered, 1e-3)
                      .output(learned("unit"), steps, channels);
              Tensor gamma =
                  n.parameter("gamma")
                      .initializer(Initializer.ONES)
                      .factor(Math.sqrt(channels))
                      .output(learned("gamma"), channels);
              Tensor norm =
                  n.multiply("norm", unit, gamma).output(learned("norm"), steps, channels);
              Tensor query = dense(n, "query", norm, channels, steps, 4);
              Tensor key = dense(n, "key", norm, channels, steps, 4);
              Tensor value = dense(n, "value", norm, channels, steps, 4);
              Tensor scores =
                  n.batchMatMul("scores", query, key)
                      .transposeB()
                      .output(learned("scores"), steps, steps);
              Tensor weights =
                  n.softmax("weights", scores, 0.5).output(learned("weights"), steps, steps);
              Tensor context =
                  n.batchMatMul("context", weights, value).output(learned("context"), steps, 4);
              Tensor turned = n.transpose("turned", context, 2, 1).output(4, steps);
              Tensor flat = n.reshape("flat", turned).output(4 * steps);
              n.output("y", dense(n, "y", flat, 4 * steps, 3));
            },
            4);
    check(model, gaussian(steps * channels, 1), gaussian(steps * channels, 1.25f), steps, channels);
  }

  @Test
  void recurrence() {
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor x = n.input("x").output(learned("x"), 7, 4);
              Tensor turned = n.reversed("turned", x).output(7, 4);
              Tensor states =
                  n.lstm("lstm", turned)
                      .units(6)
                      .bias(Initializer.ZEROS, true)
                      .output(ActivationRange.fixed("states", 8, 1.0 / 128, 0), 7, 6);
              n.output("y", dense(n, "y", n.lastStep("last", states).output(6), 6, 3));
            },
            4);
    check(model, gaussian(7 * 4, 1), gaussian(7 * 4, 1.25f), 7, 4);
  }

  @Test
  void table() {
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor words = n.indices("x", 5);
              Tensor table =
                  n.parameter("table")
                      .initializer(Initializer.RANDOM_UNIFORM)
                      .output(learned("table"), 9, 4);
              Tensor vectors = n.gather("vectors", table, words).output(learned("table"), 5, 4);
              n.output("y", dense(n, "y", n.reshape("flat", vectors).output(20), 20, 3));
            },
            4);
    Random random = new Random(6);
    float[][] words = new float[EXAMPLES][5];
    for (float[] example : words) {
      for (int i = 0; i < example.length; i++) {
        example[i] = random.nextInt(9);
      }
    }
    check(model, words, 5);
  }

  private static Tensor dense(NetworkBuilder n, String name, Tensor x, int in, int... shape) {
    return n.fullyConnected(name, x)
        .kernel(in, shape[shape.length - 1])
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(learned(name), shape);
  }

  private static float[][] gaussian(int size, float deviation) {
    Random random = new Random(3);
    float[][] data = new float[EXAMPLES][size];
    for (float[] example : data) {
      for (int i = 0; i < size; i++) {
        example[i] = deviation * (float) random.nextGaussian();
      }
    }
    return data;
  }

  private static void check(TinyModel model, float[][] data, int... shape) {
    check(model, data, data, shape);
  }

  /**
   * The test itself.
   *
   * @param larger what the ranges are taken from: where they end, gradients do
   */
  private static void check(TinyModel model, float[][] data, float[][] larger, int... shape) {
    try (model) {
      model.variables();
      model.quantize(
          new Dataset(Features.of(larger, shape), Targets.values(new float[data.length][3], 3)));
      Gradients floats = gradients(model, data, Pass.FLOAT_TRAINING, shape);
      Gradients quantized = gradients(model, data, Pass.QAT_FROZEN, shape);
      assertThat(quantized.ofWeights.keySet()).isEqualTo(floats.ofWeights.keySet());
      floats.ofWeights.forEach(
          (name, gradient) -> {
            assertThat(cosine(gradient, quantized.ofWeights.get(name)))
                .as(name)
                .isGreaterThan(SAME_DIRECTION);
            assertThat(byDifferences(model, data, name, gradient, shape))
                .as(name)
                .isCloseTo(1, org.assertj.core.data.Offset.offset(0.02));
          });
    }
  }

  /**
   * The difference of the loss along the gradient, in units of what the gradient predicts. A step
   * of 1/1000 of the weights leaves a second-order term of that size times the curvature, and a
   * loss of 7 digits a rounding error of 2^-23 / (2 * 0.001) of itself.
   */
  private static double byDifferences(
      TinyModel model, float[][] data, String name, float[] gradient, int... shape) {
    float[] start = model.get(name);
    double square = 0;
    double size = 0;
    for (int i = 0; i < start.length; i++) {
      square += gradient[i] * gradient[i];
      size += start[i] * start[i];
    }
    double step = 2e-3 * Math.sqrt(Math.max(size, 1e-2) / square);
    double above = lossAt(model, data, name, moved(start, gradient, step), shape);
    double below = lossAt(model, data, name, moved(start, gradient, -step), shape);
    model.set(name, start);
    return (above - below) / (2 * step * square);
  }

  private static float[] moved(float[] start, float[] gradient, double step) {
    float[] moved = start.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * gradient[i]);
    }
    return moved;
  }

  private static double lossAt(
      TinyModel model, float[][] data, String name, float[] values, int... shape) {
    model.set(name, values);
    return gradients(model, data, Pass.FLOAT_TRAINING, shape).loss;
  }

  private record Gradients(double loss, Map<String, float[]> ofWeights) {}

  /** Of the sum of squares of all outputs, towards every weight. */
  private static Gradients gradients(TinyModel model, float[][] data, Pass which, int... shape) {
    PassGraph pass = model.graph().pass(which);
    var tf = model.graph().ops();
    var loss = tf.nn.l2Loss(pass.outputs().get("y").operand());
    List<Operand<TFloat32>> reads = new ArrayList<>(pass.trainable().values());
    var gradients = tf.gradients(loss, reads);
    float[] all = new float[data.length * data[0].length];
    for (int i = 0; i < data.length; i++) {
      System.arraycopy(data[i], 0, all, i * data[0].length, data[0].length);
    }
    long[] whole = new long[shape.length + 1];
    whole[0] = data.length;
    for (int i = 0; i < shape.length; i++) {
      whole[i + 1] = shape[i];
    }
    Map<String, float[]> result = new LinkedHashMap<>();
    model.variables().beforeRun();
    try (TFloat32 x = TFloat32.tensorOf(Shape.of(whole), DataBuffers.of(all, true, false))) {
      var runner =
          model.graph().session().runner().feed(pass.inputs().get("x").value(), x).fetch(loss);
      for (int i = 0; i < reads.size(); i++) {
        runner.fetch(gradients.dy(i));
      }
      try (Result values = runner.run()) {
        int index = 1;
        for (Variables.Variable weight : pass.trainable().keySet()) {
          result.put(weight.name(), Tensors.toArray((TFloat32) values.get(index++)));
        }
        return new Gradients(Tensors.toArray((TFloat32) values.get(0))[0], result);
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      squaresOfA += a[i] * a[i];
      squaresOfB += b[i] * b[i];
    }
    return dot / Math.sqrt(squaresOfA * squaresOfB);
  }
}
