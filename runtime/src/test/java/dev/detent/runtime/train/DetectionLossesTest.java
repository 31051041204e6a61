package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.detection.AnchorMatching;
import dev.detent.runtime.detection.Anchors;
import dev.detent.runtime.detection.Box;
import dev.detent.runtime.detection.BoxCoder;
import dev.detent.runtime.detection.DetectionTargets;
import dev.detent.runtime.detection.LabeledBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Losses of detection against their formulas in double arithmetic, which agree to a relative 1e-5:
 * sums of 84 anchors in floats, of logarithms and exponentials.
 */
class DetectionLossesTest {
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 6;
  private static final double EXACT = 1e-5;

  /**
   * Gradients agree to this: answers rounded to floats change a loss by 1e-7 or so, which is 1e-4
   * of a step, and the update of a weight is known to 1e-7 of 0.1.
   */
  private static final double SLOPE = 2e-3;

  private static final float STEP = 0.001f;
  private static final double RATE = 0.1;
  private static final Anchors ANCHORS =
      Anchors.ssd(0.25, 0.6, List.of(1.0, 2.0, 0.5), 4, 2).then(Anchors.grid(2, 2, square(0.4)));
  private static final int COUNT = ANCHORS.size();
  private static final List<String> NAMES = List.of("background", "cat", "dog");
  private static final List<List<LabeledBox>> OBJECTS = new ArrayList<>();
  private static final float[][] X = new float[EXAMPLES][COUNT * CLASSES];
  private static final float[][] Y = new float[EXAMPLES][COUNT * BoxCoder.VALUES];

  static {
    Random random = new Random(8);
    for (int i = 0; i < EXAMPLES; i++) {
      List<LabeledBox> objects = new ArrayList<>();
      for (int o = 0; o < i % 4; o++) { // of the first and the fifth there is none
        objects.add(
            new LabeledBox(
                Box.around(
                    0.3 + 0.4 * random.nextDouble(),
                    0.3 + 0.4 * random.nextDouble(),
                    0.2 + 0.4 * random.nextDouble(),
                    0.2 + 0.4 * random.nextDouble()),
                1 + random.nextInt(2)));
      }
      OBJECTS.add(objects);
      for (int k = 0; k < X[i].length; k++) {
        X[i][k] = (float) random.nextGaussian();
      }
      for (int k = 0; k < Y[i].length; k++) {
        Y[i][k] = (float) random.nextGaussian();
      }
    }
  }

  private static Anchors.Shape square(double side) {
    return new Anchors.Shape(side, side);
  }

  private static DetectionTargets targets(AnchorMatching matching) {
    return DetectionTargets.of(OBJECTS, NAMES, ANCHORS, matching);
  }

  /** One dense layer over the last axis, so that there is something to train. */
  private static TinyModel create(int width) {
    return new TinyModel(
        n -> {
          var x = n.input("x").output(COUNT, width);
          n.output(
              "y",
              n.fullyConnected("y", x)
                  .kernel(width, width)
                  .bias(Initializer.ZEROS)
                  .output(COUNT, width));
        },
        1);
  }

  private interface Formula {
    /** Of the answer to one example, {@code y[anchor * width + number]}. */
    double of(float[] y, float[] target, int[] classes, int positives);
  }

  private static void is(
      float[][] inputs, Targets wanted, AnchorMatching matching, Loss loss, Formula formula) {
    int width = inputs[0].length / COUNT;
    try (TinyModel model = create(width)) {
      float[] kernel = model.get("y/kernel");
      double before = mean(inputs, wanted, matching, formula, kernel);
      Dataset data = new Dataset(Features.of(inputs, COUNT, width), wanted);
      Fit<Examples> fit =
          Fit.epochs(1)
              .batchSize(EXAMPLES)
              .optimizer(Optimizers.sgd(RATE))
              .schedule(Schedule.constant())
              .loss(loss)
              .metrics()
              .progress(Progress.Style.SILENT);
      assertThat(model.evaluate(data, fit).loss())
          .as(loss.name())
          .isCloseTo(before, within(EXACT * Math.max(1, before)));

      model.fit(data, fit);

      float[] after = model.get("y/kernel");
      for (int k = 0; k < kernel.length; k++) {
        float[] more = kernel.clone();
        float[] less = kernel.clone();
        more[k] += STEP;
        less[k] -= STEP;
        double gradient =
            (mean(inputs, wanted, matching, formula, more)
                    - mean(inputs, wanted, matching, formula, less))
                / ((double) more[k] - less[k]);
        assertThat((kernel[k] - after[k]) / RATE)
            .as(loss.name() + ", gradient of weight " + k)
            .isCloseTo(gradient, within(SLOPE * Math.max(1, Math.abs(gradient))));
      }
    }
  }

  /** The loss of all examples by the formula, whose answers are the inputs times a kernel. */
  private static double mean(
      float[][] inputs, Targets wanted, AnchorMatching matching, Formula formula, float... kernel) {
    int width = inputs[0].length / COUNT;
    double mean = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      float[] y = new float[COUNT * width];
      for (int k = 0; k < y.length; k++) {
        double sum = 0;
        for (int from = 0; from < width; from++) {
          sum += inputs[i][k / width * width + from] * kernel[from * width + k % width];
        }
        y[k] = (float) sum;
      }
      float[] target = new float[COUNT * width];
      wanted.read(i, target, 0);
      List<LabeledBox> objects = OBJECTS.get(i);
      int[] classes =
          Arrays.stream(matching.match(ANCHORS, objects))
              .map(o -> o >= 0 ? objects.get(o).label() : o == AnchorMatching.IGNORED ? -1 : 0)
              .toArray();
      int positives = (int) Arrays.stream(classes).filter(c -> c > 0).count();
      mean += formula.of(y, target, classes, Math.max(1, positives)) / EXAMPLES;
    }
    return mean;
  }

  private static double log(float[] y, int anchor, int c) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += Math.exp(y[anchor * CLASSES + k]);
    }
    return y[anchor * CLASSES + c] - Math.log(sum);
  }

  // ---------------------------------------------------------------- classes

  @Test
  void crossEntropyCountsObjectsAndTheWorstOfTheBackground() {
    for (AnchorMatching matching : List.of(AnchorMatching.ssd(), new AnchorMatching(0.5, 0.3))) {
      is(
          X,
          targets(matching).scores(),
          matching,
          DetectionLosses.crossEntropy(2),
          (y, target, classes, positives) -> {
            double objects =
                IntStream.range(0, COUNT)
                    .filter(a -> classes[a] > 0)
                    .mapToDouble(a -> -log(y, a, classes[a]))
                    .sum();
            double[] background =
                IntStream.range(0, COUNT)
                    .filter(a -> classes[a] == 0)
                    .mapToDouble(a -> -log(y, a, 0))
                    .sorted()
                    .toArray();
            double worst =
                Arrays.stream(background)
                    .skip(Math.max(0, background.length - 2L * positives))
                    .sum();
            return (objects + worst) / positives;
          });
    }
  }

  /** Of equal losses, as quantized answers have them, no more than wanted count. */
  @Test
  void equalLossesAreCounted() {
    try (TinyModel model = create(CLASSES)) {
      Targets scores = targets(AnchorMatching.ssd()).scores();
      Dataset data =
          new Dataset(Features.of(new float[EXAMPLES][COUNT * CLASSES], COUNT, CLASSES), scores);
      var fit = Fit.epochs(0).loss(DetectionLosses.crossEntropy(3));
      // Each anchor's loss is log(3). A picture with objects has 1 + 3 of them for each matched
      // one,
      // the two without have 3.
      double mean = (4 * 4 + 2 * 3) * Math.log(3) / EXAMPLES;
      assertThat(model.evaluate(data, fit).loss()).isCloseTo(mean, within(EXACT));
    }
  }

  @Test
  void focal() {
    AnchorMatching matching = AnchorMatching.retinaNet();
    is(
        X,
        targets(matching).scores(),
        matching,
        DetectionLosses.focal(2, 0.25),
        (y, target, classes, positives) ->
            IntStream.range(0, COUNT)
                    .filter(a -> classes[a] >= 0)
                    .mapToDouble(
                        a -> {
                          double log = log(y, a, classes[a]);
                          double weight = classes[a] > 0 ? 0.25 : 0.75;
                          return -weight * Math.pow(1 - Math.exp(log), 2) * log;
                        })
                    .sum()
                / positives);
  }

  // ---------------------------------------------------------------- boxes

  @Test
  void smoothL1() {
    is(
        Y,
        targets(AnchorMatching.ssd()).boxes(),
        AnchorMatching.ssd(),
        DetectionLosses.smoothL1(),
        (y, target, classes, positives) -> {
          double sum = 0;
          for (int k = 0; k < y.length; k++) {
            if (!Float.isNaN(target[k])) {
              double d = Math.abs(y[k] - target[k]);
              sum += d < 1 ? d * d / 2 : d - 0.5;
            }
          }
          return sum / positives;
        });
  }

  @Test
  void giou() {
    is(
        Y,
        targets(AnchorMatching.ssd()).boxes(),
        AnchorMatching.ssd(),
        DetectionLosses.giou(ANCHORS),
        (y, target, classes, positives) -> {
          double sum = 0;
          for (int a = 0; a < COUNT; a++) {
            if (classes[a] > 0) {
              Box anchor = ANCHORS.boxes().get(a);
              Box said = ANCHORS.coder().decode(y, 4 * a, anchor);
              Box is = ANCHORS.coder().decode(target, 4 * a, anchor);
              double around =
                  ((double) Math.max(said.bottom(), is.bottom()) - Math.min(said.top(), is.top()))
                      * ((double) Math.max(said.right(), is.right())
                          - Math.min(said.left(), is.left()));
              double either = said.area() + is.area() - said.intersection(is);
              sum += 1 - (said.iou(is) - (around - either) / around);
            }
          }
          return sum / positives;
        });
  }

  @Test
  void maskedHuberLeavesMissingNumbersOut() {
    is(
        Y,
        targets(AnchorMatching.ssd()).boxes(),
        AnchorMatching.ssd(),
        Losses.maskedHuber(0.5, Double.NaN),
        (y, target, classes, positives) -> {
          double sum = 0;
          int count = 0;
          for (int k = 0; k < y.length; k++) {
            if (!Float.isNaN(target[k])) {
              double d = Math.abs(y[k] - target[k]);
              sum += d <= 0.5 ? d * d / 2 : 0.5 * d - 0.125;
              count++;
            }
          }
          return count == 0 ? 0 : sum / count;
        });
  }

  @Test
  void scoresLeaveMissingNumbersOut() {
    float nan = Float.NaN;
    Dataset data =
        new Dataset(
            Features.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, 2),
            Targets.values(new float[][] {{0, nan}, {nan, nan}, {3, 7}}, 2));
    try (TinyModel model =
        new TinyModel(n -> n.output("y", n.reshape("y", n.input("x").output(2)).output(2)), 1)) {
      var scores = model.scores(data).values();
      // Errors of 1, 2 and -1 at three numbers.
      assertThat(scores.meanAbsoluteError()).isCloseTo(4 / 3.0, within(1e-12));
      assertThat(scores.rmse()).isCloseTo(Math.sqrt(2), within(1e-12));
      assertThat(scores.exampleErrors()).containsExactly(1, 0, 2.5);
    }
  }

  // ---------------------------------------------------------------- refusals

  @Test
  void whatDoesNotFitIsRefused() {
    Targets boxes = targets(AnchorMatching.ssd()).boxes();
    Dataset ofBoxes = new Dataset(Features.of(Y, COUNT, BoxCoder.VALUES), boxes);
    try (TinyModel model = create(BoxCoder.VALUES)) {
      Fit<Examples> fit = Fit.epochs(1).progress(Progress.Style.SILENT);
      assertThatThrownBy(() -> model.fit(ofBoxes, fit))
          .hasMessageContaining("the target of output 'y' has values that are no numbers: NaN")
          .hasMessageContaining("a loss and metrics that leave missing numbers out");
      assertThatThrownBy(
              () ->
                  model.fit(
                      ofBoxes,
                      fit.loss(DetectionLosses.smoothL1()).metrics(Metrics.meanAbsoluteError())))
          .as("the metric would be no number")
          .hasMessageContaining("NaN");
      Anchors few = Anchors.grid(1, 1, square(0.5));
      assertThatThrownBy(() -> model.fit(ofBoxes, fit.loss(DetectionLosses.giou(few))))
          .isInstanceOf(TrainingException.class)
          .hasMessage("output 'y': the loss giou has 1 anchors, the output " + COUNT + " rows");
    }
    try (TinyModel model = create(CLASSES)) {
      Dataset ofScores =
          new Dataset(Features.of(X, COUNT, CLASSES), targets(AnchorMatching.ssd()).scores());
      assertThatThrownBy(() -> model.fit(ofScores, Fit.epochs(1).loss(DetectionLosses.smoothL1())))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "output 'y': detection has boxes of [anchors, 4]; this output has [%s, 3]"
                  .formatted(COUNT));
    }
    assertThatThrownBy(() -> DetectionLosses.crossEntropy(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DetectionLosses.focal(2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(DetectionLosses.giou(ANCHORS)).isEqualTo(DetectionLosses.giou(ANCHORS));
  }
}
