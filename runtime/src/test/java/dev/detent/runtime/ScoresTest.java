package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.report.ClassScores;
import dev.detent.runtime.report.ConfusionMatrix;
import dev.detent.runtime.report.Scores;
import dev.detent.runtime.report.ValueScores;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void confusionMatrix() {
    ConfusionMatrix confusion = new ConfusionMatrix(List.of("cat", "dog", "owl", "elk"));
    int[][] answers = {{0, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 2}};
    for (int[] answer : answers) {
      confusion.add(answer[0], answer[1]);
    }
    assertThat(confusion.accuracy()).isEqualTo(6 / 8.0);
    assertThat(confusion.recall(0)).isEqualTo(3 / 4.0);
    assertThat(confusion.precision(0)).isEqualTo(1);
    assertThat(confusion.precision(1)).isEqualTo(1 / 2.0);
    assertThat(confusion.f1(2)).isEqualTo(2 * 2 / 5.0);
    assertThat(confusion.iou(2)).isEqualTo(2 / 3.0);
    assertThat(confusion.recall(3)).isNaN();
    assertThat(confusion.meanIou()).isEqualTo((3 / 4.0 + 1 / 3.0 + 2 / 3.0) / 3, within(1e-12));
    assertThat(confusion.meanF1()).isEqualTo((6 / 7.0 + 1 / 2.0 + 4 / 5.0) / 3, within(1e-12));
    assertThat(confusion.mistakes(1)).containsExactly(new ConfusionMatrix.Mistake(0, 1, 1));
    assertThat(confusion.toString().lines().map(String::strip))
        .contains("cat      3    1    0    0     1.0000  0.7500  0.8571");
  }

  @Test
  void areaUnderTheCurve() {
    Random random = new Random(3);
    int count = 200;
    float[][] probabilities = new float[count][];
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = random.nextInt(2);
      float p = Math.round(10 * (random.nextFloat() + classes[i] * 0.3f)) / 13f; // with ties
      probabilities[i] = new float[] {1 - p, p};
    }
    // Counted pair by pair.
    double better = 0;
    long pairs = 0;
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < count; k++) {
        if (classes[i] == 1 && classes[k] == 0) {
          pairs++;
          int order = Float.compare(probabilities[i][1], probabilities[k][1]);
          better += order > 0 ? 1 : order == 0 ? 0.5 : 0;
        }
      }
    }
    var scores = new ClassScores(new ConfusionMatrix(2), probabilities, classes);
    assertThat(scores.auc(1)).isEqualTo(better / pairs, within(1e-12));
    assertThat(scores.auc(0)).isEqualTo(better / pairs, within(1e-12));
    assertThat(new ClassScores(new ConfusionMatrix(2), probabilities, new int[count]).auc(1))
        .isNaN();
  }

  @Test
  void classesOfAModel() {
    Dataset test = SmallClassifier.data(60, 2);
    try (TinyModel model = SmallClassifier.create(3)) {
      Scores scores = model.scores(test);
      assertThat(scores.classes().confusion().accuracy())
          .isEqualTo(model.evaluate(test).accuracy(), within(1e-6));
      assertThat(scores.classes("logits").auc()).isBetween(0.0, 1.0);
      assertThat(scores.toString()).startsWith("logits:\nclass");
      assertThatThrownBy(scores::values)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the targets of 'logits' are classes: ask for classes(...)");
      assertThatThrownBy(() -> scores.classes("x"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("there is no output 'x'; there is [logits]");
    }
  }

  @Test
  void numbersOfAModel() {
    float[][] x = {{1}, {2}, {3}, {4}};
    float[][] t = {{1}, {2.5f}, {3}, {5}};
    try (TinyModel model =
        new TinyModel(
            n -> {
              var in = n.input("x").output(1);
              n.output("y", n.fullyConnected("y", in).kernel(1, 1).output(1));
            },
            1)) {
      model.set("y/kernel", 1);
      ValueScores scores =
          model.scores(new Dataset(Features.of(x, 1), Targets.values(t, 1))).values();
      // Errors are 0, -0.5, 0 and -1.
      assertThat(scores.rmse()).isEqualTo(Math.sqrt(1.25 / 4), within(1e-9));
      assertThat(scores.meanAbsoluteError()).isEqualTo(1.5 / 4, within(1e-9));
      double mean = 11.5 / 4;
      double variance = (1 + 6.25 + 9 + 25) / 4 - mean * mean;
      assertThat(scores.r2()).isEqualTo(1 - 1.25 / 4 / variance, within(1e-9));
      assertThat(scores.exampleErrors()).containsExactly(0, 0.25, 0, 1);
      assertThat(scores.threshold(0.5)).isEqualTo(0.125, within(1e-9));
    }
  }
}
