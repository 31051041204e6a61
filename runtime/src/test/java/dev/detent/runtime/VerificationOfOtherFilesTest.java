package dev.detent.runtime;

import static dev.detent.runtime.VerifiedModels.dense;
import static dev.detent.runtime.VerifiedModels.twoByTwo;
import static dev.detent.runtime.VerifiedModels.twoDense;
import static dev.detent.runtime.VerifiedModels.twoInTwoOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.train.TrainingException;
import dev.detent.runtime.verify.LayerError;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, altered or of another model. */
class VerificationOfOtherFilesTest {
  private static final Dataset TRAIN = SmallClassifier.data(320, 1);
  private static final Dataset TEST = SmallClassifier.data(400, 2);
  private static final VerifyOptions QUICK = VerifyOptions.defaults().latencyRuns(0);

  private static TinyModel trained;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    trained = VerifiedModels.trained(TRAIN);
  }

  @AfterAll
  static void close() {
    trained.close();
  }

  private Path file(String name) {
    return folder.resolve(name + ".tflite");
  }

  @Test
  void otherWeightsAreFoundInTheirLayer() {
    float[] kernel = trained.get("conv/kernel");
    float[] turned = kernel.clone();
    for (int i = 0; i < kernel.length; i++) {
      turned[i] = kernel[kernel.length - 1 - i];
    }
    Path file = exportedWith("conv/kernel", turned);

    Verification verification = trained.verify(file, TEST, QUICK);

    assertThat(verification.isFaithful()).isFalse();
    // Activations keep their scales: only the numbers tell.
    assertThat(verification.findings().get(0))
        .startsWith("'conv' is the first layer that differs by more than rounding");
    assertThat(verification.findings())
        .anyMatch(finding -> finding.startsWith("output 'logits' equals the quantized graph's in"))
        .anyMatch(finding -> finding.startsWith("output 'logits' answers as"))
        .anyMatch(finding -> finding.startsWith("the accuracy of output 'logits'"));
    assertThat(verification.addingMostDifferences()).map(LayerError::layer).contains("conv");
    assertThat(verification.toString())
        .contains("The file does not compute what was trained:\n- '");
  }

  @Test
  void theLastLayersWeightsAreFoundThere() {
    float[] kernel = trained.get("logits/kernel");
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = -kernel[i];
    }
    Verification verification = trained.verify(exportedWith("logits/kernel", kernel), TEST, QUICK);

    assertThat(verification.findings().get(0)).startsWith("'logits' is the first layer that");
    assertThat(verification.layer("conv").builtIn().equalShare()).isGreaterThan(0.9);
  }

  @Test
  void anotherScaleIsFoundInItsLayer() {
    float[] max = trained.get("conv/range/max");
    Path file = exportedWith("conv/range/max", new float[] {1.5f * max[0]});

    Verification verification = trained.verify(file, TEST, QUICK);

    assertThat(verification.findings().get(0))
        .startsWith("scale or zero point of 'conv' is not the model's");
    assertThat(verification.layer("conv").hasSameScale()).isFalse();
    assertThat(verification.layer("mean").hasSameScale()).isTrue();
    assertThat(verification.toString()).contains("other scale");
  }

  @Test
  void theScaleOfABorderCountsToo() {
    float[] max = trained.get("logits/range/max");
    trained.set("logits/range/max", 2 * max[0]);
    Path file;
    try {
      file = trained.export(file("uint8"), ExportOptions.int8().outputs(BorderType.UINT8));
    } finally {
      trained.set("logits/range/max", max);
    }
    // Without layers the border is all that is seen.
    Verification verification = trained.verify(file, TEST, QUICK.layerExamples(0));
    assertThat(verification.findings().get(0))
        .startsWith("scale or zero point of 'logits' is not the model's");
  }

  @Test
  void aModelTrainedOtherwiseIsNotThisOne() {
    try (TinyModel other = SmallClassifier.create(9)) {
      other.quantize(TEST);
      Verification verification = trained.verify(other.exportInt8(file("other")), TEST, QUICK);
      assertThat(verification.findings().get(0))
          .startsWith("scale or zero point of 'image', 'conv', 'mean', 'logits' are not the");
    }
  }

  /** Exports with a variable that has other values, and puts its own back. */
  private Path exportedWith(String variable, float[] values) {
    float[] own = trained.get(variable);
    trained.set(variable, values);
    try {
      return trained.exportInt8(file("altered"));
    } finally {
      trained.set(variable, own);
    }
  }

  @Test
  void aFloatFileIsRefused() {
    Path file = trained.exportFloat(file("float"));
    assertRefused(() -> trained.verify(file, TEST), file.toString(), "is a float model", "Tiny");
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = file("none");
    assertRefused(() -> trained.verify(file, TEST), "there is no file " + file);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(trained.exportInt8(file("int8")));
    for (int length = 0; length < whole.length; length += whole.length / 23) {
      Path file = Files.write(file("truncated"), Arrays.copyOf(whole, length));
      assertRefused(() -> trained.verify(file, TEST, QUICK), file + " is not a valid TFLite file");
    }
  }

  /** Whatever is in the file: a verdict, or a reason why there is none. */
  @Test
  void alteredFilesAreVerifiedOrRefused() throws IOException {
    byte[] whole = Files.readAllBytes(trained.exportInt8(file("int8")));
    Random random = new Random(4);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] altered = whole.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(file("altered"), altered);
      try {
        assertThat(trained.verify(file, TEST.take(3), QUICK).outputs()).hasSize(1);
      } catch (TfliteException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 59);
  }

  @Test
  void anotherModelsFileIsRefused() {
    try (TinyModel same = dense("image", "logits", 36, 4)) {
      same.quantize(
          new Dataset(
              Features.of(new float[][] {new float[36]}, 36), Targets.classes(new int[1], 4)));
      Path otherNames = same.exportInt8(file("same"));
      assertRefused(
          () -> trained.verify(otherNames, TEST),
          otherNames + " is no int8 file of Tiny",
          "[1, 36]",
          "[1, 6, 6, 1]");
    }
    try (TinyModel names = dense("picture", "logits", 36, 4)) {
      names.quantize(
          new Dataset(
              Features.of(new float[][] {new float[36]}, 36), Targets.classes(new int[1], 4)));
      Path file = names.exportInt8(file("names"));
      assertRefused(
          () -> trained.verify(file, TEST), "its inputs are [picture], those of Tiny [image]");
    }
  }

  @Test
  void layersThatTheModelDoesNotHaveAreRefused() {
    try (TinyModel one = dense("x", "y", 3, 2);
        TinyModel two = twoDense()) {
      Dataset data =
          new Dataset(
              Features.of(new float[][] {{1, 2, 3}, {0, -1, 1}}, 3),
              Targets.classes(new int[] {0, 1}, 2));
      one.quantize(data);
      two.quantize(data);
      Path file = two.exportInt8(file("two"));
      assertRefused(() -> one.verify(file, data), "its tensor 'hidden' is no layer of Tiny");
    }
  }

  @Test
  void noRangesAndNoExamplesAreRefused() {
    Path file = trained.exportInt8(file("int8"));
    try (TinyModel fresh = SmallClassifier.create(1)) {
      assertThatThrownBy(() -> fresh.verify(file, TEST))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("call quantize(calibration)");
    }
    assertThatThrownBy(() -> trained.verify(file, TEST.take(0)))
        .isInstanceOf(TrainingException.class);
    assertThatThrownBy(
            () ->
                trained.verify(
                    file,
                    new Dataset(
                        Features.of(new float[][] {{1}}, 1), Targets.classes(new int[1], 4))))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("[6, 6, 1]");
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(TfliteException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void swappedOutputsAreFoundOut() {
    Examples data = twoByTwo(100);
    try (TinyModel model = twoInTwoOut();
        TinyModel other = twoInTwoOut()) {
      model.quantize(data);
      other.quantize(data);
      float[] kernel = model.get("size/kernel");
      for (int i = 0; i < kernel.length; i += 2) {
        float first = kernel[i];
        kernel[i] = kernel[i + 1];
        kernel[i + 1] = first;
      }
      other.variables();
      other.set("size/kernel", kernel);
      Verification verification = model.verify(other.exportInt8(file("swapped")), data, QUICK);
      assertThat(verification.findings())
          .anyMatch(finding -> finding.startsWith("output 'size'"))
          .noneMatch(finding -> finding.contains("output 'kind'"));
    }
  }
}
