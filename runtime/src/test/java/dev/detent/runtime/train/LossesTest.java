package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.Tensor;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Losses and metrics of outputs that are the inputs, against the formulas by hand. */
class LossesTest {
  private static final float[][] OUTPUTS = {{2, -1, 0.5f}, {0, 3, -2}};
  private static final int[] CLASSES = {0, 2};

  /** A model whose output is its input, or the softmax of it. */
  private static TinyModel echo(boolean hasSoftmax, int... shape) {
    return new TinyModel(
        n -> {
          Tensor x = n.input("x").output(shape);
          n.output(
              "y", hasSoftmax ? n.softmax("y", x).output(shape) : n.reshape("y", x).output(shape));
        },
        1);
  }

  private static Measures measure(TinyModel model, Targets targets, Fit<Examples> settings) {
    try (model) {
      return model.evaluate(new Dataset(Features.of(OUTPUTS, 3), targets), settings);
    }
  }

  private static double loss(Loss loss, Targets targets) {
    return measure(echo(false, 3), targets, Fit.epochs(0).loss(loss)).loss();
  }

  private static double[] softmax(float[] x) {
    double sum = 0;
    double[] p = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      p[i] = Math.exp(x[i]);
      sum += p[i];
    }
    for (int i = 0; i < x.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  @Test
  void categoricalCrossEntropy() {
    double plain = 0;
    double smoothed = 0;
    for (int e = 0; e < 2; e++) {
      double[] p = softmax(OUTPUTS[e]);
      plain -= Math.log(p[CLASSES[e]]) / 2;
      for (int c = 0; c < 3; c++) {
        smoothed -= ((c == CLASSES[e] ? 0.9 : 0) + 0.1 / 3) * Math.log(p[c]) / 2;
      }
    }
    Targets targets = Targets.classes(CLASSES, 3);
    assertThat(loss(Losses.categoricalCrossEntropy(), targets)).isCloseTo(plain, within(1e-6));
    assertThat(loss(Losses.categoricalCrossEntropy(0.1), targets))
        .isCloseTo(smoothed, within(1e-6));
    // It is the default for classes, and reads what a softmax read.
    assertThat(measure(echo(true, 3), targets, Fit.epochs(0)).loss())
        .isCloseTo(plain, within(1e-6));
    assertThatThrownBy(() -> Losses.categoricalCrossEntropy(1)).hasMessageContaining("[0, 1)");
  }

  @Test
  void crossEntropyOfASureSoftmaxIsFinite() {
    try (TinyModel model = echo(true, 2)) {
      Dataset sure =
          new Dataset(
              Features.of(new float[][] {{500, -500}}, 2), Targets.classes(new int[] {1}, 2));
      assertThat(model.evaluate(sure).loss()).isCloseTo(1000, within(1e-3));
    }
  }

  @Test
  void binaryCrossEntropy() {
    float[][] targets = {{1, 0, 1}, {0, 1, 0.25f}};
    double wanted = 0;
    for (int e = 0; e < 2; e++) {
      for (int i = 0; i < 3; i++) {
        double p = 1 / (1 + Math.exp(-OUTPUTS[e][i]));
        wanted -= (targets[e][i] * Math.log(p) + (1 - targets[e][i]) * Math.log(1 - p)) / 6;
      }
    }
    assertThat(loss(Losses.binaryCrossEntropy(), Targets.values(targets, 3)))
        .isCloseTo(wanted, within(1e-6));
  }

  @Test
  void distances() {
    Targets targets = Targets.values(new float[][] {{2, 0, 3}, {0.5f, 3, -1}}, 3);
    // differences: 0, 1, 2.5, 0.5, 0, 1
    assertThat(loss(Losses.meanSquaredError(), targets))
        .isCloseTo((1 + 6.25 + 0.25 + 1) / 6, within(1e-6));
    assertThat(loss(Losses.meanAbsoluteError(), targets)).isCloseTo(5 / 6.0, within(1e-6));
    assertThat(loss(Losses.huber(1), targets)).isCloseTo((0.5 + 2 + 0.125 + 0.5) / 6, within(1e-6));
    assertThat(measure(echo(false, 3), targets, Fit.epochs(0)).loss())
        .isCloseTo(8.5 / 6, within(1e-6)); // the default for numbers
    assertThatThrownBy(() -> Losses.huber(0)).hasMessageContaining("delta 0.0");
  }

  @Test
  void metrics() {
    Measures measures =
        measure(
            echo(false, 3),
            Targets.classes(CLASSES, 3),
            Fit.epochs(0).metrics(Metrics.accuracy(), Metrics.topK(2), Metrics.topK(3)));
    assertThat(measures.accuracy()).isEqualTo(0.5);
    assertThat(measures.metrics()).containsEntry("top2", 0.5).containsEntry("top3", 1.0);
    assertThat(measures.metrics().keySet()).containsExactly("accuracy", "top2", "top3");
    Targets values = Targets.values(new float[][] {{2, 0, 3}, {0.5f, 3, -1}}, 3);
    Measures distances =
        measure(
            echo(false, 3),
            values,
            Fit.epochs(0).metrics(Metrics.meanAbsoluteError(), Metrics.meanSquaredError()));
    assertThat(distances.metrics().get("meanAbsoluteError")).isCloseTo(5 / 6.0, within(1e-6));
    assertThat(distances.metrics().get("meanSquaredError")).isCloseTo(8.5 / 6, within(1e-6));
    assertThatThrownBy(distances::accuracy).hasMessageContaining("accuracy was not measured");
    assertThatThrownBy(() -> Metrics.topK(0)).hasMessageContaining("k must be at least 1");
  }

  /** Several outputs: losses are added, metrics carry the output's name. */
  @Test
  void severalOutputs() {
    record Data(int size, List<Features> inputs, List<Targets> targets) implements Examples {}
    try (TinyModel model =
        new TinyModel(
            n -> {
              Tensor x = n.input("x").output(3);
              n.output("classes", n.reshape("classes", x).output(3));
              n.output("values", n.reshape("values", x).output(3));
            },
            1)) {
      Targets values = Targets.values(new float[2][3], 3);
      Measures measures =
          model.evaluate(
              new Data(
                  2,
                  List.of(Features.of(OUTPUTS, 3)),
                  List.of(Targets.classes(CLASSES, 3), values)),
              Fit.epochs(0).loss("values", Losses.meanAbsoluteError()));
      double cross = loss(Losses.categoricalCrossEntropy(), Targets.classes(CLASSES, 3));
      assertThat(measures.loss()).isCloseTo(cross + 8.5 / 6, within(1e-6));
      assertThat(measures.metrics().keySet()).containsExactly("classes/accuracy");
      assertThat(measures.losses().keySet()).containsExactly("classes", "values");
      assertThat(measures.losses().get("classes")).isCloseTo(cross, within(1e-6));
      assertThat(measures.losses().get("values")).isCloseTo(8.5 / 6, within(1e-6));
      assertThat(measures)
          .hasToString(
              String.format(
                  Locale.ROOT,
                  "loss %.4f  classes_loss %.4f  values_loss 1.4167  classes_accuracy %.4f",
                  measures.loss(),
                  cross,
                  measures.metrics().get("classes/accuracy")));
    }
  }

  /** Batches of unequal size count by their examples. */
  @Test
  void meansAreOverExamples() {
    float[][] outputs = new float[130][1];
    for (int i = 0; i < 130; i++) {
      outputs[i][0] = i < 100 ? 1 : 0;
    }
    try (TinyModel model = echo(false, 1)) {
      Dataset data = new Dataset(Features.of(outputs, 1), Targets.values(new float[130]));
      assertThat(model.evaluate(data).loss()).isCloseTo(100 / 130.0, within(1e-6));
      assertThat(model.evaluate(data).examples()).isEqualTo(130);
    }
  }
}
