package dev.detent.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
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
            g -> {
              LayerTensor x = g.input("x", steps, channels).output(learned("x"));
              LayerTensor positions =
                  g.parameter("positions", steps, channels)
                      .initializer(Initializer.GLOROT_UNIFORM)
                      .output(learned("positions"));
              LayerTensor placed = g.add("placed", x, positions).output(learned("placed"));
              LayerTensor mean = g.channelMean("mean", placed).output(learned("mean"));
              LayerTensor centered =
                  g.subtract("centered", placed, mean).output(learned("centered"));
              LayerTensor unit =
                  g.l2Normalization("unit", centered)
                      .epsilon(1e-3)
                      .output(ActivationRange.fixed("unit", 8, 1.0 / 128, 0));
              LayerTensor gamma =
                  g.parameter("gamma", channels)
                      .initializer(Initializer.ONES)
                      .factor(Math.sqrt(channels))
                      .output(learned("gamma"));
              LayerTensor norm = g.multiply("norm", unit, gamma).output(learned("norm"));
              LayerTensor query = dense(g, "query", norm, channels, 4);
              LayerTensor key = dense(g, "key", norm, channels, 4);
              LayerTensor value = dense(g, "value", norm, channels, 4);
              LayerTensor scores =
                  g.batchMatMul("scores", query, key).transposeB(true).output(learned("scores"));
              LayerTensor weights =
                  g.softmax("weights", scores)
                      .beta(0.5)
                      .output(ActivationRange.fixed("weights", 8, 1.0 / 256, -128));
              LayerTensor context =
                  g.batchMatMul("context", weights, value).output(learned("context"));
              LayerTensor turned = g.move("turned", context).transpose(2, 1);
              g.output("y", dense(g, "y", g.reshape("flat", turned, 4 * steps), 4 * steps, 3));
            },
            p -> {},
            4);
    check(model, gaussian(steps * channels, 1), gaussian(steps * channels, 1.25f), steps, channels);
  }

  @Test
  void recurrence() {
    TinyModel model =
        new TinyModel(
            g -> {
              LayerTensor x = g.input("x", 7, 4).output(learned("x"));
              LayerTensor states =
                  g.lstm("lstm", x)
                      .units(6)
                      .bias(Initializer.ZEROS, true)
                      .output(ActivationRange.fixed("states", 8, 1.0 / 128, 0));
              g.output("y", dense(g, "y", g.lastStep("last", states), 6, 3));
            },
            p -> {},
            4);
    check(model, gaussian(7 * 4, 1), gaussian(7 * 4, 1.25f), 7, 4);
  }

  @Test
  void table() {
    TinyModel model =
        new TinyModel(
            g -> {
              LayerTensor words = g.indices("x", 5);
              LayerTensor table =
                  g.parameter("table", 9, 4)
                      .initializer(Initializer.RANDOM_UNIFORM)
                      .output(learned("table"));
              LayerTensor vectors = g.gather("vectors", table, words).output(learned("table"));
              g.output("y", dense(g, "y", g.reshape("flat", vectors, 20), 20, 3));
            },
            p -> {},
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

  private static LayerTensor dense(GraphBuilder g, String name, LayerTensor x, int in, int units) {
    return g.dense(name, x)
        .kernel(in, units)
        .quantizeKernel(WeightQuantization.perChannel(8))
        .output(learned(name));
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
