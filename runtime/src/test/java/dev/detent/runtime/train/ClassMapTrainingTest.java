package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses and metrics of a class for each place, against the formulas by hand. */
class ClassMapTrainingTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** Two examples of [2, 2] places with three logits each; they answer {0, 1, 2, 0} and all 1. */
  private static final float[][] LOGITS = {
    {4, 0, 1, 0, 3, 1, -1, 0, 2, 5, 2, 1}, {0, 1, 0, 0, 2, 1, 0, 3, 2, 1, 4, 2}
  };

  private static final byte[][] CLASSES = {{0, 1, 1, 0}, {1, 0, 2, 2}};

  private static TinyModel echo() {
    return new TinyModel(
        n -> n.output("y", n.reshape("y", n.input("x").output(2, 2, 3)).output(2, 2, 3)), 1);
  }

  private static Measures measure(Targets targets, Metric... metrics) {
    try (TinyModel model = echo()) {
      return model.evaluate(
          new Dataset(Features.of(LOGITS, 2, 2, 3), targets), Fit.epochs(0).metrics(metrics));
    }
  }

  @Test
  void lossAndMetricsAreMeansOverPlaces() {
    Measures measures =
        measure(
            Targets.classMaps(CLASSES, NAMES, 2, 2),
            Metrics.accuracy(),
            Metrics.topK(2),
            Metrics.meanIou());

    double loss = 0;
    for (int example = 0; example < 2; example++) {
      for (int place = 0; place < 4; place++) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
          sum += Math.exp(LOGITS[example][3 * place + c]);
        }
        loss += (Math.log(sum) - LOGITS[example][3 * place + CLASSES[example][place]]) / 8;
      }
    }
    // A sum of float32 terms, each off by some 1e-7 of itself.
    assertThat(measures.loss()).isCloseTo(loss, within(1e-5));
    // Three of four, and one of four.
    assertThat(measures.accuracy()).isEqualTo(0.5);
    // Not among the two largest: place 1 of the second example.
    assertThat(measures.metrics().get("top2")).isEqualTo(7.0 / 8);
    // First: a 2/2, b 1/2, c 0/1. Second: a 0/1, b 1/4, c 0/2. No step is exact in float32.
    assertThat(measures.metrics().get(Metrics.MEAN_IOU))
        .isCloseTo(((1 + 0.5 + 0) / 3 + (0 + 0.25 + 0) / 3) / 2, within(1e-6));
  }

  @Test
  void aClassThatNeitherHasDoesNotCount() {
    byte[][] perfect = {{0, 1, 2, 0}, {1, 1, 1, 1}};

    Measures measures = measure(Targets.classMaps(perfect, NAMES, 2, 2), Metrics.meanIou());

    assertThat(measures.metrics().get(Metrics.MEAN_IOU)).isEqualTo(1);
  }

  @Test
  void mapsOfAnotherShapeAreRefused() {
    assertThatThrownBy(() -> measure(Targets.classMaps(CLASSES, NAMES, 4)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "output 'y' answers one class for each of [2, 2] places, the targets have them for"
                + " [4]; Targets.classMaps has a class for each place");
    assertThatThrownBy(() -> measure(Targets.classes(new int[] {0, 1}, NAMES)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("for each of [2, 2] places, the targets have them for []");
  }
}
