package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What spatial dropout, stochastic depth and Gaussian noise do to their input, in training and
 * otherwise.
 */
class TrainingNoiseTest {
  private static final int EXAMPLES = 64;
  private static final int PIXELS = 12;
  private static final int CHANNELS = 16;
  private static final float RATE = 0.25f;
  private static final double STDDEV = 0.5;

  private final float[] data = new float[EXAMPLES * PIXELS * CHANNELS];

  private TinyModel model(boolean isSequence) {
    Random random = new Random(2);
    for (int i = 0; i < data.length; i++) {
      data[i] = 1 + random.nextFloat();
    }
    int[] shape = isSequence ? new int[] {PIXELS, CHANNELS} : new int[] {4, 3, CHANNELS};
    return new TinyModel(
        n -> {
          Tensor x = n.input("x").output(shape);
          n.output("dropped", n.spatialDropout("dropped", x, RATE));
          n.output("path", n.stochasticDepth("path", x, RATE));
          n.output("noisy", n.gaussianNoise("noisy", x, STDDEV));
        },
        7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelsAreDroppedWhole(boolean isSequence) {
    try (TinyModel model = model(isSequence)) {
      float[] dropped = run(model, Pass.FLOAT_TRAINING, 0).get("dropped");
      int zeros = 0;
      for (int example = 0; example < EXAMPLES; example++) {
        for (int c = 0; c < CHANNELS; c++) {
          boolean isZero = dropped[example * PIXELS * CHANNELS + c] == 0;
          zeros += isZero ? 1 : 0;
          for (int pixel = 0; pixel < PIXELS; pixel++) {
            int i = (example * PIXELS + pixel) * CHANNELS + c;
            assertThat(dropped[i]).isCloseTo(isZero ? 0 : data[i] / (1 - RATE), within(1e-6f));
          }
        }
      }
      // A binomial distribution: four deviations of sqrt(p (1 - p) / n).
      int draws = EXAMPLES * CHANNELS;
      assertThat((double) zeros / draws)
          .isCloseTo(RATE, within(4 * Math.sqrt(RATE * (1 - RATE) / draws)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void examplesAreDroppedWhole(boolean isSequence) {
    try (TinyModel model = model(isSequence)) {
      float[] path = run(model, Pass.FLOAT_TRAINING, 0).get("path");
      int zeros = 0;
      int size = PIXELS * CHANNELS;
      for (int example = 0; example < EXAMPLES; example++) {
        boolean isZero = path[example * size] == 0;
        zeros += isZero ? 1 : 0;
        for (int i = example * size; i < (example + 1) * size; i++) {
          assertThat(path[i]).isCloseTo(isZero ? 0 : data[i] / (1 - RATE), within(1e-6f));
        }
      }
      // A binomial distribution: four deviations of sqrt(p (1 - p) / n).
      assertThat((double) zeros / EXAMPLES)
          .isCloseTo(RATE, within(4 * Math.sqrt(RATE * (1 - RATE) / EXAMPLES)));
    }
  }

  @Test
  void noiseIsNormalAndAnotherOneEachStep() {
    try (TinyModel model = model(false)) {
      float[] first = run(model, Pass.FLOAT_TRAINING, 0).get("noisy");
      float[] again = run(model, Pass.FLOAT_TRAINING, 0).get("noisy");
      float[] next = run(model, Pass.FLOAT_TRAINING, 1).get("noisy");
      assertThat(again).isEqualTo(first);
      double sum = 0;
      double squares = 0;
      int equal = 0;
      for (int i = 0; i < data.length; i++) {
        double noise = first[i] - data[i];
        sum += noise;
        squares += noise * noise;
        equal += first[i] == next[i] ? 1 : 0;
      }
      int n = data.length;
      // Four deviations of the mean, and of the variance, of n values.
      assertThat(sum / n).isCloseTo(0, within(4 * STDDEV / Math.sqrt(n)));
      assertThat(squares / n)
          .isCloseTo(STDDEV * STDDEV, within(4 * STDDEV * STDDEV * Math.sqrt(2.0 / n)));
      assertThat(equal).isLessThan(n / 1000);
    }
  }

  @Test
  void nothingHappensOutsideTraining() {
    try (TinyModel model = model(true)) {
      run(model, Pass.FLOAT, 3).values().forEach(output -> assertThat(output).isEqualTo(data));
    }
  }

  private Map<String, float[]> run(TinyModel model, Pass pass, long step) {
    PassGraph graph = model.graph().pass(pass);
    long[] shape = graph.inputs().get("x").value().asOutput().shape().asArray();
    shape[0] = EXAMPLES;
    try (TFloat32 x = TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(data, true, false));
        TInt64 number = TInt64.scalarOf(step)) {
      var runner = model.graph().session().runner().feed(graph.inputs().get("x").value(), x);
      graph.step().ifPresent(random -> runner.feed(random, number));
      runner.fetch(graph.outputs().get("dropped").operand());
      runner.fetch(graph.outputs().get("noisy").operand());
      runner.fetch(graph.outputs().get("path").operand());
      try (Result result = runner.run()) {
        return Map.of(
            "dropped", Tensors.toArray((TFloat32) result.get(0)),
            "noisy", Tensors.toArray((TFloat32) result.get(1)),
            "path", Tensors.toArray((TFloat32) result.get(2)));
      }
    }
  }
}
