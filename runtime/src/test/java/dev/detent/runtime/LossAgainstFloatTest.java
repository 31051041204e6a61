package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file may compute what the quantized graph does, and still have lost what float could do. */
class LossAgainstFloatTest {
  private static final Dataset TRAIN = SmallClassifier.data(320, 1);
  private static final Dataset TEST = SmallClassifier.data(400, 2);
  private static final VerifyOptions QUICK = VerifyOptions.defaults().latencyRuns(0);
  private static final Fit<Examples> FIT =
      Fit.epochs(6).optimizer(Optimizers.adam(0.02)).progress(Progress.Style.SILENT);

  @TempDir private Path folder;
  private TinyModel model;

  @BeforeEach
  void train() {
    model = SmallClassifier.create(1);
    model.fit(TRAIN, FIT);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private Verification verify(Dataset examples) {
    return model.verify(model.exportInt8(folder.resolve("int8.tflite")), examples, QUICK);
  }

  @Test
  void noLossIsSaidSo() {
    assertThat(model.quantize(TRAIN)).isEmpty();
    Verification verification = verify(TEST);
    assertThat(verification.losses()).isEmpty();
    assertThat(verification.isFaithful()).isTrue();
    assertThat(verification.notes())
        .singleElement()
        .asString()
        .startsWith("Accuracy is ")
        .contains(" in float and ", "400 examples, +-")
        .containsAnyOf("no loss", "than by chance");
    assertThat(verification.toString())
        .contains("The file computes what was trained.\nAccuracy is");
  }

  @Test
  void calibrationWithPixelsThatWereNotScaled() {
    assertThat(model.quantize(TRAIN.scaled(255)))
        .anyMatch(
            finding -> finding.startsWith("input 'image' is unlike what the model was trained on"));
    Verification verification = verify(TEST);
    assertThat(verification.isFaithful()).isFalse();
    assertThat(verification.losses())
        .last()
        .asString()
        .startsWith("Accuracy is ")
        .contains("Most signal is lost in '", "Calibrate with examples like those");
    assertThat(verification.findings()).isEqualTo(verification.losses());
    assertThat(verification.toString())
        .contains("The file computes what the quantized graph does.\nQuantization has lost");
    assertThat(new JsonReport().put("v", verification).toString()).contains("Accuracy is ");
    // Examples that are as wrong hide it from the accuracy, not from the comparison of inputs.
    assertThat(verify(TEST.scaled(255)).losses())
        .anyMatch(loss -> loss.startsWith("input 'image' is unlike what"));
  }

  @Test
  void whatFineTuningRuinsIsALossToo() {
    double before = model.evaluate(TEST).accuracy();
    model.quantize(TRAIN);
    assertThat(verify(TEST).output().quality().floatGraph()).isEqualTo(before);
    model.fit(TRAIN.subset(firstOfEach()), FIT.optimizer(Optimizers.adam(1)));
    Verification ruined = verify(TEST);
    assertThat(ruined.output().quality().floatGraph()).isEqualTo(before);
    assertThat(ruined.losses()).anyMatch(loss -> loss.startsWith("Accuracy is "));

    // The float weights are saved with the model, and do not get in the way of an import.
    Path file = folder.resolve("model.npz");
    model.save(file);
    try (TinyModel loaded = SmallClassifier.create(2)) {
      loaded.load(file);
      Verification again =
          loaded.verify(loaded.exportInt8(folder.resolve("again.tflite")), TEST, QUICK);
      assertThat(again.output().quality().floatGraph()).isEqualTo(before);
      assertThat(again.losses()).isEqualTo(ruined.losses());
      assertThat(loaded.quantize(TRAIN.scaled(255)))
          .anyMatch(finding -> finding.startsWith("input 'image' is unlike what"));
    }
    try (TinyModel imported = SmallClassifier.create(3)) {
      imported.importWeights(file);
      assertThat(imported.get("logits/bias")).isEqualTo(model.get("logits/bias"));
    }
  }

  /** So few that nothing but these is learned. */
  private static int[] firstOfEach() {
    int[] indices = new int[32];
    Arrays.setAll(indices, i -> i % 2);
    return indices;
  }

  @Test
  void fewExamplesAreNoVerdict() {
    model.quantize(TRAIN);
    assertThat(verify(TEST.take(5)).notes())
        .containsExactly(
            "The loss of accuracy against float cannot be told from chance with 5 examples; take 20"
                + " at least.");
  }

  @Test
  void oneAnswerAndDeadLayersAreNamed() {
    model.quantize(TRAIN.scaled(100_000));
    List<String> losses = verify(TEST).losses();
    assertThat(losses)
        .anyMatch(loss -> loss.contains("one value only in the file, and many in float"))
        .anyMatch(loss -> loss.startsWith("every answer of output 'logits' is class "));
  }

  @Test
  void clippedInputsAreNamed() {
    model.quantize(TRAIN.scaled(0.1f));
    assertThat(verify(TEST).losses())
        .anyMatch(
            loss -> loss.contains("% of the values of input 'image' lie outside of its range"));
  }

  @Test
  void evaluationOfOtherInputsIsTold() {
    PrintStream console = System.out;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      model.evaluate(TEST);
      assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
      model.evaluate(TEST.scaled(255));
    } finally {
      System.setOut(console);
    }
    assertThat(told.toString(StandardCharsets.UTF_8))
        .startsWith("Evaluating Tiny found:\n- input 'image' is unlike what the model");
  }
}
