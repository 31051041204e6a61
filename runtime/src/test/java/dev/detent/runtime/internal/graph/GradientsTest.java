package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of fine-tuning point where those of float training point: every rounding in between
 * passes them straight through, and every layer with weights gets its own.
 */
class GradientsTest {
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange CONV = ActivationRange.learned("conv", 8).nonNegative();
  private static final ActivationRange WIDE = ActivationRange.learned("wide", 8);
  private static final ActivationRange SUM = ActivationRange.learned("sum", 8);
  private static final ActivationRange RELU = ActivationRange.learned("relu", 8).nonNegative();
  private static final ActivationRange MEAN = ActivationRange.learned("mean", 8).nonNegative();
  private static final ActivationRange Y = ActivationRange.learned("y", 8);
  private static final int EXAMPLES = 16;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fineTuningFollowsFloatTraining(boolean isPerChannel) {
    WeightQuantization weights =
        isPerChannel ? WeightQuantization.perChannel(8) : WeightQuantization.perTensor(8);
    Random random = new Random(3);
    try (TinyModel model = model(weights)) {
      model.shuffled(random);
      float[] gamma = {1, -0.5f, 0.8f, 2, 0.7f, -1};
      model.set("conv/gamma", gamma);
      model.set("wide/gamma", gamma);
      float[][] data = new float[EXAMPLES][6 * 6 * 2];
      for (float[] example : data) {
        for (int i = 0; i < example.length; i++) {
          example[i] = (float) random.nextGaussian();
        }
      }
      // The moving statistics become the batch's, as at the end of a float training.
      model.fit(
          examples(data),
          Fit.epochs(150)
              .batchSize(EXAMPLES)
              .optimizer(Optimizers.sgd(1e-30))
              .progress(Progress.Style.SILENT));
      model.quantize(examples(data));
      for (boolean isFrozen : new boolean[] {true, false}) {
        Map<String, float[]> floats =
            gradients(model, data, new Pass(false, true, false, isFrozen));
        Map<String, float[]> quantized =
            gradients(model, data, new Pass(true, true, false, isFrozen));
        // With one scale for the tensor the moving statistics are folded in all of the fine-tuning,
        // so only there do the two compute the same.
        if (!isFrozen && !isPerChannel) {
          continue;
        }
        assertThat(quantized.keySet()).isEqualTo(floats.keySet());
        floats.forEach(
            (name, gradient) ->
                // Noise of half a step in 256 on all activations, and ReLUs that open the other
                // way.
                assertThat(cosine(gradient, quantized.get(name))).as(name).isGreaterThan(0.99));
      }
    }
  }

  private static TinyModel model(WeightQuantization weights) {
    return new TinyModel(
        n -> {
          Tensor x = n.input("x").output(X, 6, 6, 2);
          Tensor conv =
              n.conv2d("conv", x)
                  .kernel(3, 3, 2, 6)
                  .padding(Padding.SAME)
                  .quantizeKernel(weights)
                  .batchNorm(0.9, 0.001)
                  .activation(Activation.RELU)
                  .output(CONV, 6, 6, 6);
          Tensor wide =
              n.depthwiseConv2d("wide", conv)
                  .kernel(3, 3, 6, 1)
                  .padding(Padding.SAME)
                  .quantizeKernel(weights)
                  .batchNorm(0.9, 0.001)
                  .output(WIDE, 6, 6, 6);
          Tensor sum = n.add("sum", wide, conv).output(SUM, 6, 6, 6);
          Tensor relu = n.unary("relu", UnaryKind.RELU, sum).output(RELU, 6, 6, 6);
          Tensor pool = n.averagePool2d("pool", relu).output(RELU, 3, 3, 6);
          Tensor mean = n.mean("mean", pool).output(MEAN, 6);
          n.output(
              "y",
              n.fullyConnected("y", mean)
                  .kernel(6, 4)
                  .bias(Initializer.ZEROS)
                  .quantizeKernel(weights)
                  .output(Y, 4));
        },
        4);
  }

  /** Of the sum of squares of all outputs, towards every weight. */
  private static Map<String, float[]> gradients(TinyModel model, float[][] data, Pass which) {
    PassGraph pass = model.graph().pass(which);
    var tf = model.graph().ops();
    var loss = tf.nn.l2Loss(pass.outputs().get("y").operand());
    List<Operand<TFloat32>> reads = new ArrayList<>(pass.trainable().values());
    var gradients = tf.gradients(loss, reads);
    float[] all = new float[data.length * data[0].length];
    for (int i = 0; i < data.length; i++) {
      System.arraycopy(data[i], 0, all, i * data[0].length, data[0].length);
    }
    Map<String, float[]> result = new LinkedHashMap<>();
    try (TFloat32 x =
        TFloat32.tensorOf(Shape.of(data.length, 6, 6, 2), DataBuffers.of(all, true, false))) {
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

  private static Dataset examples(float[][] data) {
    return new Dataset(Features.of(data, 6, 6, 2), Targets.values(new float[data.length][4], 4));
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
