package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.LabelSequences;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Labels without places: the loss, its gradient, decoding, and a model that learns them. */
class CtcTest {
  private static final int CLASSES = 4;
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  @TempDir private Path folder;

  /** The output is the input. */
  private static TinyModel echo(int steps) {
    return new TinyModel(
        n ->
            n.output(
                "y", n.reshape("y", n.input("x").output(steps * CLASSES)).output(steps, CLASSES)),
        1);
  }

  /** A loss or metric of each example, and the gradient of its sum. */
  private record Computed(float[] each, float[] gradient) {}

  private static Computed compute(TinyModel model, OfExample what, float[][] x, Targets targets) {
    PassGraph pass = model.graph().pass(Pass.FLOAT_TRAINING);
    var tf = model.graph().ops();
    int[] shape = pass.outputs().get("y").shape();
    float[] wanted = new float[x.length * targets.width()];
    float[] fed = new float[wanted.length];
    for (int i = 0; i < x.length; i++) {
      targets.read(i, wanted, i * targets.width());
      System.arraycopy(x[i], 0, fed, i * targets.width(), x[i].length);
    }
    var target =
        tf.constant(Shape.of(x.length, shape[0], shape[1]), DataBuffers.of(wanted, true, false));
    var each = what.of(tf, Prediction.of(pass.outputs().get("y")), target);
    List<Operand<TFloat32>> fetched = new ArrayList<>(List.of(each));
    if (what.hasGradient()) {
      var sum = tf.reduceSum(each, tf.constant(0));
      fetched.add(tf.gradients(sum, List.of(pass.tensors().get("x").operand())).dy(0));
    }
    try (TFloat32 tensor =
        TFloat32.tensorOf(Shape.of(x.length, x[0].length), DataBuffers.of(fed, true, false))) {
      var runner = model.graph().session().runner().feed(pass.inputs().get("x").value(), tensor);
      fetched.forEach(runner::fetch);
      try (Result result = runner.run()) {
        return new Computed(
            Tensors.toArray((TFloat32) result.get(0)),
            what.hasGradient() ? Tensors.toArray((TFloat32) result.get(1)) : new float[0]);
      }
    }
  }

  private interface OfExample {
    Operand<TFloat32> of(org.tensorflow.op.Ops tf, Prediction prediction, Operand<TFloat32> target);

    default boolean hasGradient() {
      return false;
    }

    static OfExample loss(Loss loss) {
      return new OfExample() {
        @Override
        public Operand<TFloat32> of(
            org.tensorflow.op.Ops tf, Prediction prediction, Operand<TFloat32> target) {
          return loss.perExample(tf, prediction, target);
        }

        @Override
        public boolean hasGradient() {
          return true;
        }
      };
    }
  }

  private static float[][] logits(Random random, int examples, int steps) {
    float[][] x = new float[examples][steps * CLASSES];
    for (float[] example : x) {
      for (int i = 0; i < example.length; i++) {
        example[i] = 2 * (float) random.nextGaussian();
      }
    }
    return x;
  }

  private static double[][] logProbabilities(double[] logits) {
    double[][] log = new double[logits.length / CLASSES][CLASSES];
    for (int t = 0; t < log.length; t++) {
      int from = t * CLASSES;
      double sum = 0;
      for (int i = 0; i < CLASSES; i++) {
        sum += Math.exp(logits[from + i]);
      }
      for (int i = 0; i < CLASSES; i++) {
        log[t][i] = logits[from + i] - Math.log(sum);
      }
    }
    return log;
  }

  /** All paths, one after the other: which of them decode to the labels. */
  private static double sumOverPaths(double[] logits, int[] labels, int blank) {
    double[][] log = logProbabilities(logits);
    int paths = (int) Math.pow(CLASSES, log.length);
    double sum = 0;
    for (int path = 0; path < paths; path++) {
      float[] said = new float[logits.length];
      double probability = 0;
      int rest = path;
      for (int t = 0; t < log.length; t++) {
        said[t * CLASSES + rest % CLASSES] = 1;
        probability += log[t][rest % CLASSES];
        rest /= CLASSES;
      }
      if (Arrays.equals(LabelSequences.decode(said, CLASSES, blank), labels)) {
        sum += Math.exp(probability);
      }
    }
    return -Math.log(sum);
  }

  /** The forward recursion over labels with blanks around them (Graves et al., section 4.1). */
  private static double forward(double[] logits, int[] labels, int blank) {
    double[][] log = logProbabilities(logits);
    int[] around = new int[2 * labels.length + 1];
    Arrays.setAll(around, s -> s % 2 == 0 ? blank : labels[s / 2]);
    double[] alpha = new double[around.length];
    alpha[0] = 1;
    double scaled = 0;
    for (int t = 0; t < log.length; t++) {
      double[] next = new double[around.length];
      double sum = 0;
      for (int s = 0; s < around.length; s++) {
        double into = alpha[s];
        if (t == 0) {
          into = s < 2 ? 1 : 0;
        } else {
          into += s > 0 ? alpha[s - 1] : 0;
          boolean mayLeap = s > 1 && around[s] != blank && around[s] != around[s - 2];
          into += mayLeap ? alpha[s - 2] : 0;
        }
        next[s] = into * Math.exp(log[t][around[s]]);
        sum += next[s];
      }
      scaled += Math.log(sum);
      for (int s = 0; s < around.length; s++) {
        alpha[s] = next[s] / sum;
      }
    }
    int last = around.length - 1;
    return -Math.log(alpha[last] + (last > 0 ? alpha[last - 1] : 0)) - scaled;
  }

  private static double[] wide(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * No labels, one, the same one twice, one a step, and as many as blanks between leave room for.
   */
  private static int[][] labels(int blank) {
    int[] other = IntStream.range(0, CLASSES).filter(i -> i != blank).toArray();
    return new int[][] {
      {},
      {other[0]},
      {other[1], other[1]},
      {other[2], other[0], other[1], other[0], other[2]},
      {other[2], other[2], other[2]},
      {other[0], other[2]}
    };
  }

  /**
   * Sums of 5 logarithms in float, of numbers up to 10, are off by 5 * 10 * 2^-23; differences of
   * sums in double, over steps of 1e-4, by 1e-8 of the third derivative.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void isTheSumOverAllPathsAndItsSlope(int blank) {
    int steps = 5;
    int[][] labels = labels(blank);
    Targets targets = Targets.labelSequences(labels, NAMES, blank, steps);
    float[][] x = logits(new Random(blank), labels.length, steps);
    try (TinyModel model = echo(steps)) {
      Computed computed = compute(model, OfExample.loss(Losses.ctc(blank)), x, targets);
      for (int i = 0; i < labels.length; i++) {
        double[] exact = wide(x[i]);
        double loss = sumOverPaths(exact, labels[i], blank);
        assertThat(forward(exact, labels[i], blank)).isEqualTo(loss, within(1e-9));
        assertThat((double) computed.each[i]).isEqualTo(loss, within(1e-5));
        for (int k = 0; k < exact.length; k++) {
          double[] moved = exact.clone();
          moved[k] += 1e-4;
          double above = forward(moved, labels[i], blank);
          moved[k] -= 2e-4;
          double slope = (above - forward(moved, labels[i], blank)) / 2e-4;
          assertThat((double) computed.gradient[i * exact.length + k])
              .as("class %s in step %s of example %s", k % CLASSES, k / CLASSES, i)
              .isEqualTo(slope, within(1e-5));
        }
      }
    }
  }

  @Test
  void longSequencesAreNoSmallNumbers() {
    int steps = 60;
    Random random = new Random(5);
    float[][] x = logits(random, 8, steps);
    int[][] labels = new int[8][];
    for (int i = 0; i < 8; i++) {
      labels[i] = random.ints(3 * i, 1, CLASSES).toArray();
    }
    try (TinyModel model = echo(steps)) {
      Targets targets = Targets.labelSequences(labels, NAMES, 0, steps);
      Computed computed = compute(model, OfExample.loss(Losses.ctc(0)), x, targets);
      for (int i = 0; i < 8; i++) {
        double loss = forward(wide(x[i]), labels[i], 0);
        // 60 sums of numbers around 100 in float.
        assertThat((double) computed.each[i]).isEqualTo(loss, within(60 * 100 * 0x1p-23));
      }
    }
  }

  @Test
  void accuracyCountsWhatDecodesToTheTarget() {
    int steps = 9;
    Random random = new Random(7);
    float[][] x = logits(random, 40, steps);
    int[][] labels = new int[40][];
    boolean[] isRight = new boolean[40];
    for (int i = 0; i < 40; i++) {
      int[] decoded = LabelSequences.decode(x[i], CLASSES, 2);
      isRight[i] = i % 3 == 0 || decoded.length == 0;
      labels[i] =
          isRight[i]
              ? decoded
              : i % 3 == 1 ? Arrays.copyOf(decoded, decoded.length - 1) : other(decoded);
    }
    try (TinyModel model = echo(steps)) {
      Targets targets = Targets.labelSequences(labels, NAMES, 2, steps);
      float[] each = compute(model, Metrics.sequenceAccuracy(2)::perExample, x, targets).each;
      for (int i = 0; i < 40; i++) {
        assertThat(each[i]).as("example %s", i).isEqualTo(isRight[i] ? 1 : 0);
      }
    }
  }

  /** With another first label, which is not the second one. */
  private static int[] other(int[] labels) {
    int[] changed = labels.clone();
    int second = labels.length > 1 ? labels[1] : -1;
    changed[0] =
        IntStream.of(0, 1, 3).filter(i -> i != labels[0] && i != second).findFirst().orElseThrow();
    return changed;
  }

  // ---------------------------------------------------------------- labels

  @Test
  void decodesByCollapsingRepeatsAndDroppingBlanks() {
    int[] path = {0, 0, 2, 0, 1, 1, 2, 2};
    float[] output = new float[path.length * 3];
    for (int t = 0; t < path.length; t++) {
      output[t * 3 + path[t]] = 1;
    }
    assertThat(LabelSequences.decode(output, 3, 2)).containsExactly(0, 0, 1);
    assertThat(LabelSequences.decode(output, 3, 0)).containsExactly(2, 1, 2);
    assertThat(LabelSequences.decode(new float[0], 3, 0)).isEmpty();
    assertThat(LabelSequences.decode(new float[] {1, 1}, 2, 1)).containsExactly(0); // the first
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSequences.decode(new float[4], 3, 0))
        .withMessage("4 values are no steps of 3 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSequences.decode(new float[3], 3, 3))
        .withMessage("the blank is class 3; there are the classes 0 to 2");
  }

  @Test
  void rowsMayEndInPadding() {
    Targets targets = Targets.labelSequences(new int[][] {{1, 2, -1, -1, -1}, {3}}, NAMES, 0, 3);
    int[] classes = new int[3];
    targets.readClasses(0, classes, 0);
    assertThat(classes).containsExactly(1, 2, 0);
    assertThat(targets.subset(1).blank()).hasValue(0);
    assertThat(targets.shape()).containsExactly(3, 4);
    assertThat(targets).hasToString("2 sequences of up to 3 labels in 4 classes");
  }

  @Test
  void labelsThatCannotBeAreRefused() {
    String labels = "labels are classes from 0 to 3 but the blank, 0, and behind them -1 alone";
    refused("label 1 of example 0 is 0; " + labels, 1, 0);
    refused("label 0 of example 0 is 4; " + labels, 4);
    refused("label 2 of example 0 is 1; " + labels, 1, -1, 1);
    refused(
        "example 0 has 3 labels, which take 5 steps with a blank between equal ones; there are 4",
        1,
        1,
        1);
    assertThatThrownBy(() -> Targets.labelSequences(new int[0][], NAMES, 4, 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the blank is class 4 of 4");
  }

  private static void refused(String message, int... labels) {
    assertThatThrownBy(() -> Targets.labelSequences(new int[][] {labels}, NAMES, 0, 4))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  // ---------------------------------------------------------------- a model

  private static final int STEPS = 16;

  private static TinyModel reader() {
    return new TinyModel(
        n ->
            n.output(
                "y",
                n.fullyConnected(
                        "y", n.input("x").output(ActivationRange.learned("x", 8), STEPS, CLASSES))
                    .kernel(CLASSES, CLASSES)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perTensor(8))
                    .output(ActivationRange.learned("y", 8), STEPS, CLASSES)),
        3);
  }

  /** Labels that last a step to three, with pauses before them, in noise. */
  private static Dataset strokes(int examples, long seed) {
    Random random = new Random(seed);
    float[][] x = new float[examples][STEPS * CLASSES];
    int[][] labels = new int[examples][];
    for (int i = 0; i < examples; i++) {
      labels[i] = random.ints(random.nextInt(4), 1, CLASSES).toArray();
      int step = 0;
      for (int label : labels[i]) {
        int pause = 1 + random.nextInt(2);
        int length = 1 + random.nextInt(3);
        for (int t = step; t < step + pause; t++) {
          x[i][t * CLASSES] = 1;
        }
        for (int t = step + pause; t < step + pause + length; t++) {
          x[i][t * CLASSES + label] = 1;
        }
        step += pause + length;
      }
      for (int t = step; t < STEPS; t++) {
        x[i][t * CLASSES] = 1;
      }
      for (int k = 0; k < x[i].length; k++) {
        x[i][k] += 0.15f * (float) random.nextGaussian();
      }
    }
    return new Dataset(
        Features.of(x, STEPS, CLASSES), Targets.labelSequences(labels, NAMES, 0, STEPS));
  }

  private static Fit<Examples> fit(int epochs) {
    return Fit.epochs(epochs).optimizer(Optimizers.adam(0.1)).progress(Progress.Style.SILENT);
  }

  @Test
  void aModelLearnsLabelsWithoutPlaces() {
    Dataset train = strokes(320, 1);
    Dataset test = strokes(100, 2);
    try (TinyModel model = reader()) {
      model.fit(train, fit(15));
      model.quantize(train);
      model.fit(train, fit(1));
      Measures measures = model.evaluate(test);
      double accuracy = measures.metrics().get("sequenceAccuracy");
      assertThat(accuracy).isGreaterThan(0.9);

      Verification verification = model.verify(model.exportInt8(folder.resolve("m.tflite")), test);
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
      // All places of an example that is right, and some of the others.
      double places = verification.outputs().get(0).quality().file(Kernels.BUILT_IN);
      assertThat(places).isGreaterThanOrEqualTo(accuracy);
      assertThat(model.scores(test).classes().confusion().accuracy())
          .isCloseTo(places, within(0.02));
      model.report(folder.resolve("m.html"), test);
    }
  }

  @Test
  void lossAndTargetsHaveOneBlank() {
    Dataset data = strokes(32, 1);
    try (TinyModel model = reader()) {
      assertThatThrownBy(() -> model.fit(data, fit(1).loss(Losses.ctc(1))))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "output 'y' is trained with ctc(1), but its targets are 32 sequences of up to 16"
                  + " labels in 4 classes; give it Targets.labelSequences with that blank");
      Dataset maps =
          data.mapTarget(0, labels -> Targets.classMaps(new byte[32][STEPS], NAMES, STEPS));
      assertThatThrownBy(() -> model.evaluate(maps, fit(0).loss(Losses.ctc(0))))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("but its targets are 32 maps of 16 places in 4 classes");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Losses.ctc(-1));
  }
}
