package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of each layer with weights: in float they are the differences of the loss itself,
 * and quantized they point where those of float point.
 */
class LayerFamiliesGradientsTest {
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange FIRST = ActivationRange.learned("first", 8);
  private static final ActivationRange MIDDLE = ActivationRange.learned("middle", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);
  private static final WeightQuantization WEIGHTS = WeightQuantization.perChannel(8);
  private static final int EXAMPLES = 8;

  /** Of 1,000 outputs around 1, each wrong by 2^-23, over a step of 0.02, ten times. */
  private static final double NOISE = 2e-3;

  /** A layer that reads the convolution "first" of shape [6, 6, 4]. */
  enum Family {
    DILATED(
        (n, x) ->
            n.conv2d("y", x)
                .kernel(3, 3, 4, 5)
                .dilations(2, 1)
                .padding(Padding.SAME)
                .bias(Initializer.ZEROS)
                .quantizeKernel(WEIGHTS)
                .output(Y, 6, 6, 5)),
    DILATED_DEPTHWISE(
        (n, x) ->
            n.depthwiseConv2d("y", x)
                .kernel(2, 2, 4, 2)
                .dilations(2, 3)
                .quantizeKernel(WEIGHTS)
                .output(Y, 4, 3, 8)),
    UNEQUAL_STRIDES(
        (n, x) ->
            n.depthwiseConv2d("y", x)
                .kernel(3, 3, 4, 2)
                .strides(1, 2)
                .padding(Padding.SAME)
                .quantizeKernel(WEIGHTS)
                .output(Y, 6, 3, 8)),
    GROUPED(
        (n, x) ->
            n.conv2d("y", x)
                .kernel(3, 3, 2, 6)
                .strides(2, 1)
                .padding(Padding.SAME)
                .bias(Initializer.ZEROS)
                .quantizeKernel(WEIGHTS)
                .output(Y, 3, 6, 6)),
    TRANSPOSED(
        (n, x) ->
            n.transposeConv("y", x)
                .kernel(3, 2, 5, 4)
                .strides(2, 2)
                .padding(Padding.SAME)
                .bias(Initializer.ZEROS)
                .quantizeKernel(WEIGHTS)
                .output(Y, 12, 12, 5)),
    TRANSPOSED_WITH_BATCH_NORM(
        (n, x) ->
            n.transposeConv("y", x)
                .kernel(3, 3, 5, 4)
                .strides(1, 2)
                .quantizeKernel(WEIGHTS)
                .batchNorm(0.9, 0.001)
                .output(Y, 8, 13, 5)),
    SHARED(
        (n, x) -> {
          Tensor left =
              n.conv2d("left", x)
                  .kernel(3, 3, 4, 4)
                  .padding(Padding.SAME)
                  .bias(Initializer.ZEROS)
                  .quantizeKernel(WEIGHTS)
                  .batchNorm(0.9, 0.001)
                  .output(MIDDLE, 6, 6, 4);
          return n.conv2d("y", left)
              .weights("left")
              .kernel(3, 3, 4, 4)
              .padding(Padding.SAME)
              .bias(Initializer.ZEROS)
              .quantizeKernel(WEIGHTS)
              .batchNorm(0.9, 0.001)
              .output(Y, 6, 6, 4);
        }),
    BATCH_NORM_ALONE(
        (n, x) ->
            n.batchNormShift(
                    "y",
                    n.batchNormScale("y/scaled", x)
                        .layer("y")
                        .batchNorm(0.9, 0.001)
                        .output(MIDDLE, 6, 6, 4))
                .output(Y, 6, 6, 4));

    private final BiFunction<NetworkBuilder, Tensor, Tensor> layer;

    Family(BiFunction<NetworkBuilder, Tensor, Tensor> layer) {
      this.layer = layer;
    }

    TinyModel model() {
      return new TinyModel(
          n -> {
            Tensor first =
                n.conv2d("first", n.input("x").output(X, 6, 6, 2))
                    .kernel(1, 1, 2, 4)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WEIGHTS)
                    .output(FIRST, 6, 6, 4);
            n.output("y", layer.apply(n, first));
          },
          4);
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void floatGradientsAreTheDifferencesOfTheLoss(Family family) {
    Random random = new Random(family.ordinal());
    try (TinyModel model = family.model()) {
      model.shuffled(random);
      float[] data = gaussian(random, EXAMPLES * 6 * 6 * 2);
      for (Pass pass : new Pass[] {Pass.FLOAT_TRAINING, Pass.FLOAT}) {
        PassGraph graph = model.graph().pass(pass);
        Map<String, float[]> gradients = gradients(model, graph, data);
        assertThat(gradients).isNotEmpty();
        gradients.forEach(
            (name, gradient) -> {
              float[] before = model.get(name);
              float[] direction = gaussian(random, before.length);
              double expected = 0;
              for (int i = 0; i < gradient.length; i++) {
                expected += (double) gradient[i] * direction[i];
              }
              // Central differences of two step sizes, extrapolated (Richardson), so that what is
              // left is of the fifth order; 64-bit sums of losses that float computes to 1e-6.
              double wide = difference(model, graph, data, name, before, direction, 0.04f);
              double narrow = difference(model, graph, data, name, before, direction, 0.02f);
              double actual = (4 * narrow - wide) / 3;
              assertThat(actual)
                  .as("%s in %s", name, pass)
                  .isCloseTo(expected, within(NOISE + 2e-3 * norm(gradient) * norm(direction)));
              model.set(name, before);
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void quantizedGradientsFollowThoseOfFloat(Family family) {
    Random random = new Random(family.ordinal());
    try (TinyModel model = family.model()) {
      float[] data = gaussian(random, EXAMPLES * 6 * 6 * 2);
      // Wider ranges than the data need: an extreme value that is clipped would take its gradient
      // along, which is a large part of so few.
      float[] wider = data.clone();
      for (int i = 0; i < wider.length; i++) {
        wider[i] *= 1.1f;
      }
      model.quantize(examples(model, wider));
      Map<String, float[]> floats =
          gradients(model, model.graph().pass(new Pass(false, true, false, true)), data);
      Map<String, float[]> quantized = gradients(model, model.graph().pass(Pass.QAT_FROZEN), data);
      assertThat(quantized.keySet()).isEqualTo(floats.keySet());
      floats.forEach(
          (name, gradient) ->
              // The loss is linear in the output: what is left is noise of half a step in 127 in
              // weights and activations.
              assertThat(cosine(gradient, quantized.get(name))).as(name).isGreaterThan(0.99));
    }
  }

  private static double difference(
      TinyModel model,
      PassGraph graph,
      float[] data,
      String name,
      float[] before,
      float[] direction,
      float step) {
    return (loss(model, graph, data, name, before, direction, step)
            - loss(model, graph, data, name, before, direction, -step))
        / (2 * step);
  }

  private static double loss(
      TinyModel model,
      PassGraph graph,
      float[] data,
      String name,
      float[] before,
      float[] direction,
      float step) {
    float[] moved = before.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    model.set(name, moved);
    try (TFloat32 x = tensor(data);
        Result result =
            model
                .graph()
                .session()
                .runner()
                .feed(graph.inputs().get("x").value(), x)
                .fetch(graph.outputs().get("y").operand())
                .run()) {
      float[] y = Tensors.toArray((TFloat32) result.get(0));
      float[] weights = lossWeights(y.length);
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        sum += (double) y[i] * weights[i];
      }
      return sum;
    }
  }

  /** Of a fixed random sum of all outputs, towards every weight. */
  private static Map<String, float[]> gradients(TinyModel model, PassGraph pass, float[] data) {
    var tf = model.graph().ops();
    LayerTensor y = pass.outputs().get("y");
    int elements = 1;
    for (int size : y.shape()) {
      elements *= size;
    }
    var weights = tf.constant(lossWeights(EXAMPLES * elements));
    var flat = tf.reshape(y.operand(), tf.constant(new int[] {-1}));
    var loss = tf.sum(tf.math.mul(flat, weights), tf.constant(0));
    List<Operand<TFloat32>> reads = new ArrayList<>(pass.trainable().values());
    var gradients = tf.gradients(loss, reads);
    Map<String, float[]> result = new LinkedHashMap<>();
    try (TFloat32 x = tensor(data)) {
      var runner = model.graph().session().runner().feed(pass.inputs().get("x").value(), x);
      for (int i = 0; i < reads.size(); i++) {
        runner.fetch(gradients.dy(i));
      }
      try (Result values = runner.run()) {
        int index = 0;
        for (Variables.Variable weight : pass.trainable().keySet()) {
          result.put(weight.name(), Tensors.toArray((TFloat32) values.get(index++)));
        }
      }
    }
    return result;
  }

  private static float[] lossWeights(int size) {
    return gaussian(new Random(99), size);
  }

  private static TFloat32 tensor(float[] data) {
    return TFloat32.tensorOf(Shape.of(EXAMPLES, 6, 6, 2), DataBuffers.of(data, true, false));
  }

  private static Dataset examples(TinyModel model, float[] data) {
    float[][] rows = new float[EXAMPLES][data.length / EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      System.arraycopy(data, i * rows[i].length, rows[i], 0, rows[i].length);
    }
    int[] shape = model.graph().pass(Pass.FLOAT).outputs().get("y").shape();
    int elements = Arrays.stream(shape).reduce(1, (m, n) -> m * n);
    return new Dataset(
        Features.of(rows, 6, 6, 2), Targets.values(new float[EXAMPLES][elements], shape));
  }

  private static float[] gaussian(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double norm(float[] values) {
    return Math.sqrt(dot(values, values));
  }

  private static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
