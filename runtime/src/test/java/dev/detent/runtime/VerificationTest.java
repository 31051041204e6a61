package dev.detent.runtime;

import static dev.detent.runtime.VerifiedModels.dense;
import static dev.detent.runtime.VerifiedModels.partlyQuantized;
import static dev.detent.runtime.VerifiedModels.range;
import static dev.detent.runtime.VerifiedModels.twoByTwo;
import static dev.detent.runtime.VerifiedModels.twoInTwoOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Padding;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.verify.Agreement;
import dev.detent.runtime.verify.LayerError;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deployed files against the model that they come from, in the real TensorFlow Lite. */
class VerificationTest {
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

  // ---------------------------------------------------------------- a faithful file

  @Test
  void aFaithfulFileIsFoundFaithful() throws IOException {
    Path file = trained.exportInt8(file("int8"));
    Path floatFile = trained.exportFloat(file("float"));

    Verification verification = trained.verify(file, TEST);

    assertThat(verification.findings()).isEmpty();
    assertThat(verification.isFaithful()).isTrue();
    assertThat(verification.model()).isEqualTo("Tiny");
    assertThat(verification.file()).isEqualTo(file.toString());
    assertThat(verification.examples()).isEqualTo(400);
    assertThat(verification.int8Bytes()).isEqualTo(Files.size(file));
    assertThat(verification.floatBytes()).isEqualTo(Files.size(floatFile));
    assertThat(verification.layerExamples()).isEqualTo(VerifyOptions.DEFAULT_LAYER_EXAMPLES);
    assertThat(verification.layers())
        .extracting(LayerError::layer)
        .containsExactly("image", "conv", "mean", "logits");
    assertThat(verification.layers())
        .extracting(LayerError::operation)
        .containsExactly("INPUT", "CONV_2D", "MEAN", "FULLY_CONNECTED");
    OutputResult output = verification.output();
    assertThat(output.builtIn().values()).isEqualTo(400 * SmallClassifier.CLASSES);
    assertThat(output.builtIn().answers()).isEqualTo(400);
    // The quantized graph's accuracy is what evaluate measures.
    assertThat(output.quality().quantizedGraph()).isEqualTo(trained.evaluate(TEST).accuracy());
    assertThat(output.quality().builtIn()).isGreaterThan(0.9);
    assertThat(verification.delegation().operations()).isEqualTo(3);
    assertThat(verification.delegation().isComplete()).isTrue();
    assertThat(verification.toString())
        .contains("The file computes what was trained.")
        .doesNotContain("XNNPACK leaves");
    for (Kernels kernels : Kernels.values()) {
      assertThat(verification.latency(kernels)).isPresent();
      assertThat(verification.latency(kernels).get().int8Millis()).isPositive();
      assertThat(verification.latency(kernels).get().floatMillis()).isPositive();
      assertThat(verification.latency(kernels).get().ratio()).isPositive();
    }
  }

  @Test
  void theInputIsFedAsTheGraphRoundsIt() {
    Verification verification = trained.verify(trained.exportInt8(file("int8")), TEST, QUICK);

    LayerError image = verification.layer("image");
    assertThat(image.builtIn().equalShare()).isEqualTo(1);
    assertThat(image.xnnpack().equalShare()).isEqualTo(1);
    assertThat(image.betweenKernels().equalShare()).isEqualTo(1);
    assertThat(image.equalLoss()).isZero();
    // 8 bits over a range of about 4 deviations: 6 dB a bit, less what is clipped and not filled.
    assertThat(image.sqnrDb()).isBetween(30.0, 50.0);
    assertThat(image.sqnrLossDb()).isNaN();
  }

  @Test
  void theModeAndTheModelStay() {
    Path file = trained.exportInt8(file("int8"));
    float[] before = trained.get("conv/kernel");
    trained.mode(Mode.FLOAT);
    try {
      assertThat(trained.verify(file, TEST.take(50), QUICK).isFaithful()).isTrue();
      assertThat(trained.mode()).isEqualTo(Mode.FLOAT);
      assertThat(trained.get("conv/kernel")).isEqualTo(before);
    } finally {
      trained.mode(Mode.QUANTIZED);
    }
  }

  @Test
  void oneExampleIsEnough() {
    Verification verification = trained.verify(trained.exportInt8(file("int8")), TEST.take(1));
    assertThat(verification.isFaithful()).as(verification::toString).isTrue();
    assertThat(verification.layerExamples()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void bordersOfAllTypes(BorderType type) {
    ExportOptions options = ExportOptions.int8().inputs(type).outputs(type);
    Path file = trained.export(file("border"), options);

    Verification verification = trained.verify(file, TEST, QUICK);

    Verification int8 = trained.verify(trained.exportInt8(file("int8")), TEST, QUICK);
    assertThat(verification.findings()).isEmpty();
    // Whatever the border, the integers inside are the same.
    assertThat(verification.output()).isEqualTo(int8.output());
    assertThat(verification.layer("logits")).isEqualTo(int8.layer("logits"));
    assertThat(verification.layer("image").builtIn().equalShare()).isEqualTo(1);
  }

  // ---------------------------------------------------------------- options

  @Test
  void whatIsNotWantedIsLeftOut() {
    Path file = trained.exportInt8(file("int8"));
    Verification verification =
        trained.verify(
            file, TEST.take(20), VerifyOptions.defaults().layerExamples(0).latencyRuns(0));

    assertThat(verification.layers()).isEmpty();
    assertThat(verification.latencies()).isEmpty();
    assertThat(verification.noisiest()).isEmpty();
    assertThat(verification.toString())
        .doesNotContain("Layers over", "1 thread")
        .contains("The file computes what was trained.");
    assertThatThrownBy(() -> verification.layer("conv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'conv' was not compared");
    assertThatThrownBy(() -> verification.output("scores"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no output 'scores'")
        .hasMessageContaining("[logits]");
    assertThatThrownBy(() -> QUICK.layerExamples(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 examples for the layers");
  }

  @Test
  void timedRunsAreAsManyAsWanted() {
    Verification verification =
        trained.verify(
            trained.exportInt8(file("int8")),
            TEST.take(5),
            VerifyOptions.defaults().layerExamples(3).latencyRuns(7));
    assertThat(verification.layerExamples()).isEqualTo(3);
    assertThat(verification.layer("conv").builtIn().values()).isEqualTo(3 * 6 * 6 * 8);
    assertThat(verification.latencies()).allMatch(latency -> latency.runs() == 7);
  }

  // ---------------------------------------------------------------- other models

  @Test
  void severalInputsAndOutputs() {
    Examples data = twoByTwo(300);
    try (TinyModel model = twoInTwoOut()) {
      model.quantize(data);
      Path file = model.exportInt8(file("two"));

      Verification verification = model.verify(file, data, QUICK);

      assertThat(verification.findings()).isEmpty();
      assertThat(verification.outputs())
          .extracting(OutputResult::output)
          .containsExactly("kind", "size");
      OutputResult kind = verification.output("kind");
      assertThat(kind.quality().measure()).isEqualTo("accuracy");
      assertThat(kind.builtIn().answers()).isEqualTo(300);
      OutputResult size = verification.output("size");
      assertThat(size.quality().measure()).isEqualTo("mean absolute error");
      assertThat(size.builtIn().values()).isEqualTo(600);
      assertThat(size.builtIn().answers()).isZero();
      // As the training measures it.
      double expected = meanAbsoluteError(model, data);
      assertThat(size.quality().quantizedGraph()).isCloseTo(expected, within(1e-6));
      assertThat(verification.layers())
          .extracting(LayerError::layer)
          .containsExactly("a", "b", "sum", "kind", "size");
      assertThat(verification.toString())
          .contains("model of 'kind'", "agreement of 'size'", "mean absolute error");
      assertThatThrownBy(verification::output)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Tiny has 2 outputs; name one of [kind, size]");
      assertThatThrownBy(() -> verification.comparison(1))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static double meanAbsoluteError(TinyModel model, Examples data) {
    return model
        .evaluate(data, Fit.epochs(0).metrics(Metrics.meanAbsoluteError()))
        .metrics()
        .entrySet()
        .stream()
        .filter(metric -> metric.getKey().startsWith("size/"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void numbersHaveNoAccuracyToCompare() {
    try (TinyModel model = dense("x", "y", 2, 1)) {
      Dataset data =
          new Dataset(
              Features.of(new float[][] {{1, 2}, {-3, 1}, {2, 2}}, 2),
              Targets.values(new float[] {1, 0, 2}));
      model.quantize(data);
      Verification verification = model.verify(model.exportInt8(file("numbers")), data, QUICK);
      assertThat(verification.isFaithful()).isTrue();
      assertThat(verification.toString()).contains("mean absolute error");
      assertThatThrownBy(() -> verification.comparison(1, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("there is no accuracy: the targets of 'y' are no classes");
    }
  }

  @Test
  void whatATieHasLostIsAFinding() {
    ActivationRange all = range("all");
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "all",
                    n.concatenation(
                            "all", 1, n.input("a").output(all, 1), n.input("b").output(all, 1))
                        .output(all, 2)),
            1)) {
      float[][] small = new float[40][1];
      float[][] large = new float[40][1];
      for (int i = 0; i < 40; i++) {
        small[i][0] = 0.1f + i * 0.8f / 39;
        large[i][0] = 900 - i * 800f / 39;
      }
      Examples data =
          twoInputs(Features.of(small, 1), Features.of(large, 1), Targets.classes(new int[40], 2));
      assertThat(model.quantize(data)).hasSize(1);
      Verification verification = model.verify(model.exportInt8(file("tied")), data, QUICK);
      assertThat(verification.losses())
          .isEqualTo(verification.findings())
          .hasSize(2)
          .anyMatch(
              loss -> loss.contains("'a' (0.1 to 0.9) keeps 0.23 steps and loses 8 of 8 bits"))
          .anyMatch(
              loss -> loss.startsWith("'a' has one value only in the file, and many in float"));
      assertThat(verification.isFaithful()).isFalse();
      assertThat(verification.toString())
          .contains("The file computes what the quantized graph does.\nQuantization has lost");
      assertThat(new JsonReport().put("verification", verification).toString())
          .contains("'a' (0.1 to 0.9) keeps 0.23 steps");
    }
  }

  private static Examples twoInputs(Features a, Features b, Targets targets) {
    return new Examples() {
      @Override
      public int size() {
        return a.size();
      }

      @Override
      public List<Features> inputs() {
        return List.of(a, b);
      }

      @Override
      public List<Targets> targets() {
        return List.of(targets);
      }
    };
  }

  @Test
  void floatLayersBehindQuantizedOnes() {
    try (TinyModel model = partlyQuantized()) {
      model.quantize(TRAIN);
      Verification verification = model.verify(model.exportInt8(file("part")), TEST, QUICK);

      assertThat(verification.findings()).isEmpty();
      LayerError logits = verification.layer("logits");
      assertThat(logits.isInteger()).isFalse();
      // The built-in kernels round the convolution as the graph does: what is left is float
      // arithmetic.
      assertThat(logits.builtIn().equalShare()).isEqualTo(1);
      assertThat(verification.layer("conv").isInteger()).isTrue();
      assertThat(verification.toString()).contains("FULLY_CONNECTED (float)");

      float[] kernel = model.get("logits/kernel");
      float[] own = kernel.clone();
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] = -kernel[i];
      }
      model.set("logits/kernel", kernel);
      Path altered = model.exportInt8(file("altered"));
      model.set("logits/kernel", own);
      assertThat(model.verify(altered, TEST, QUICK).findings())
          .anyMatch(finding -> finding.startsWith("'logits' is the first layer"));
    }
  }

  /** A kernel of one row and a stride, which is exported as a PAD and a convolution. */
  @Test
  void stepsWithinALayerAreNoOtherModel() {
    ActivationRange x = range("x");
    ActivationRange row = range("row");
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "row",
                    n.conv2d("row", n.input("x").output(x, 8, 8, 1))
                        .kernel(1, 3, 1, 4)
                        .strides(2, 2)
                        .padding(Padding.SAME)
                        .quantizeKernel(WeightQuantization.perChannel(8))
                        .output(row, 4, 4, 4)),
            1)) {
      Random random = new Random(1);
      float[][] values = new float[50][64];
      for (float[] example : values) {
        for (int i = 0; i < 64; i++) {
          example[i] = (float) random.nextGaussian();
        }
      }
      Dataset data =
          new Dataset(Features.of(values, 8, 8, 1), Targets.values(new float[50][64], 4, 4, 4));
      model.quantize(data);
      Verification verification = model.verify(model.exportInt8(file("row")), data, QUICK);
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.layers()).extracting(LayerError::layer).containsExactly("x", "row");
      // What the padding reads counts as what the layer reads.
      assertThat(verification.layer("row").sqnrLossDb()).isNotNaN();
    }
  }

  // ---------------------------------------------------------------- figures

  @Test
  void figuresDoNotDependOnWhatIsHeldAtATime() {
    Path file = trained.exportInt8(file("int8"));
    Verification all = trained.verify(file, TEST.take(130), QUICK);
    Verification first = trained.verify(file, TEST.take(100), QUICK);
    Verification last = trained.verify(file, TEST.subset(tail(100, 130)), QUICK);
    Agreement whole = all.output().builtIn();
    long equal =
        Math.round(first.output().builtIn().equalShare() * 400)
            + Math.round(last.output().builtIn().equalShare() * 120);
    assertThat(whole.values()).isEqualTo(520);
    assertThat(Math.round(whole.equalShare() * 520)).isEqualTo(equal);
  }

  private static int[] tail(int from, int to) {
    int[] indices = new int[to - from];
    Arrays.setAll(indices, i -> from + i);
    return indices;
  }
}
