package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.AllValues;
import dev.detent.runtime.quantizer.None;
import dev.detent.runtime.report.Sensitivity;
import dev.detent.runtime.report.Sensitivity.Entry;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers switched one at a time, and widths for a size. */
class SensitivityTest {
  private static final Dataset TRAIN = SmallClassifier.data(640, 1);
  private static final Dataset TEST = SmallClassifier.data(200, 2);

  @Test
  void measuresEachLayerAndLeavesTheModelAsItWas() {
    try (TinyModel model = SmallClassifier.create(5)) {
      Fit<Examples> fit =
          Fit.epochs(4).progress(Progress.Style.SILENT).optimizer(Optimizers.adam(0.02));
      model.fit(TRAIN, fit);
      float[] kernel = model.get("conv/kernel");
      Sensitivity measured = model.sensitivity(TEST, List.of(2, 16, 8));
      assertThat(model.get("conv/kernel")).isEqualTo(kernel);
      assertThat(measured.loss()).isEqualTo(model.evaluate(TEST).loss());
      assertThat(measured.entries())
          .extracting(entry -> entry.layer() + " " + entry.bits() + " " + entry.bytes())
          .containsExactly(
              "conv 16 144", "conv 8 72", "conv 2 18", "logits 16 64", "logits 8 32", "logits 2 8");
      for (Entry entry : measured.entries()) {
        double lost = entry.loss() - measured.loss();
        // Sixteen bits are as good as float; with -1, 0 and 1 alone something is lost.
        if (entry.bits() == 16) {
          assertThat(lost).isCloseTo(0, within(1e-3));
        } else if (entry.bits() == 2) {
          assertThat(lost).isGreaterThan(1e-3);
        }
      }
      assertThat(measured.toString())
          .contains("Tiny on 200 examples", "layer", "accuracy change", "conv")
          .contains("logits");
      assertThat(model.sensitivity(TEST).entries()).hasSize(6);
      assertThatThrownBy(() -> model.sensitivity(TEST, List.of(1)))
          .hasMessageContaining("1 bits; possible are 2 to 16");
      assertThatThrownBy(() -> model.sensitivity(TEST, List.of())).hasMessageContaining("no width");
    }
  }

  @Test
  void measuresEachRangeOfActivations() {
    try (TinyModel model = SmallClassifier.create(5)) {
      Fit<Examples> fit =
          Fit.epochs(4).progress(Progress.Style.SILENT).optimizer(Optimizers.adam(0.02));
      model.fit(TRAIN, fit);
      Sensitivity measured = model.activationSensitivity(TEST, List.of(2, 16, 8));
      assertThat(measured.kind()).isEqualTo(Sensitivity.Kind.ACTIVATIONS);
      assertThat(measured.loss()).isCloseTo(model.evaluate(TEST).loss(), within(1e-6));
      // An image of 6 by 6, eight channels of it, their means and four classes.
      assertThat(measured.entries())
          .extracting(entry -> entry.layer() + " " + entry.bits() + " " + entry.values())
          .containsExactly(
              "image 16 36",
              "image 8 36",
              "image 2 36",
              "conv 16 288",
              "conv 8 288",
              "conv 2 288",
              "mean 16 8",
              "mean 8 8",
              "mean 2 8",
              "logits 16 4",
              "logits 8 4",
              "logits 2 4");
      for (Entry entry : measured.entries()) {
        double lost = entry.loss() - measured.loss();
        // Sixteen bits are as good as float. Two are not; an image so coarse has hardly lost its
        // stripes.
        if (entry.bits() == 16) {
          assertThat(lost).isCloseTo(0, within(1e-4));
        } else if (entry.bits() == 2) {
          assertThat(Math.abs(lost)).isGreaterThan(1e-4);
        }
      }
      assertThat(measured.toString())
          .contains("one layer's activations at a time", "activations  bits", "accuracy change");
      assertThat(model.evaluate(TEST).loss()).isCloseTo(measured.loss(), within(1e-6));
      assertThatThrownBy(() -> model.activationSensitivity(TEST, List.of(17)))
          .hasMessageContaining("activations of 17 bits; possible are 2 to 16");
    }
  }

  /** The very values that the quantized graph has with all else float. */
  @Test
  void activationsLieOnTheGridOfTheQuantizedGraph() {
    var image = ActivationRange.learned("image", 3).quantizer(AllValues::new);
    try (TinyModel model =
        SmallClassifier.create(
            5, range -> range.name().equals("image") ? image : range.quantizer(None::new), null)) {
      model.fit(TRAIN, Fit.epochs(2).progress(Progress.Style.SILENT));
      double loss = model.activationSensitivity(TEST, List.of(3)).entries().get(0).loss();
      model.quantize(TEST);
      assertThat(model.evaluate(TEST).loss()).isCloseTo(loss, within(1e-5));
    }
  }

  /** The very weights that training at that width would begin with. */
  @Test
  void gridIsThatOfTheQuantizedGraph() {
    var weights = dev.detent.runtime.quantizer.WeightQuantization.perChannel(3);
    try (TinyModel model = SmallClassifier.create(5, range -> range, weights)) {
      model.fit(TRAIN, Fit.epochs(2).progress(Progress.Style.SILENT));
      double loss = model.sensitivity(TEST, List.of(3)).entries().get(0).loss();
      model.variables();
      model.quantize(TEST);
      var deployed = GraphValues.fetch(model.modelGraph(), true).weights("conv");
      var folded = GraphValues.fetch(model.modelGraph(), false).weights("conv");
      float[] kernel = model.get("conv/kernel");
      for (int i = 0; i < kernel.length; i++) {
        float factor = kernel[i] == 0 ? 0 : folded.kernel()[i] / kernel[i];
        kernel[i] = factor == 0 ? 0 : deployed.kernel()[i] * deployed.scales()[i % 8] / factor;
      }
      model.set("conv/kernel", kernel);
      model.mode(Mode.FLOAT);
      assertThat(model.evaluate(TEST).loss()).isCloseTo(loss, within(1e-4));
    }
  }

  private static Entry entry(String layer, long weights, int bits, double loss) {
    return new Entry(layer, weights, bits, loss, Double.NaN);
  }

  /** By hand: "b" saves most for its loss, then "a" to 4 bits, then "a" to 2, "c" at last. */
  @Test
  void assignmentIsGreedyByLossPerByte() {
    Sensitivity measured =
        new Sensitivity(
            "M",
            Sensitivity.Kind.WEIGHTS,
            10,
            1,
            Double.NaN,
            List.of(
                entry("a", 100, 8, 1),
                entry("a", 100, 4, 1.1),
                entry("a", 100, 2, 1.3),
                entry("b", 1000, 8, 1),
                entry("b", 1000, 4, 1.2),
                entry("c", 100, 8, 0.99),
                entry("c", 100, 4, 2)));
    assertThat(measured.assignment(1200)).isEqualTo(Map.of("a", 8, "b", 8, "c", 8));
    assertThat(measured.assignment(1199)).isEqualTo(Map.of("a", 8, "b", 4, "c", 8));
    assertThat(measured.assignment(650)).isEqualTo(Map.of("a", 4, "b", 4, "c", 8));
    assertThat(measured.assignment(630)).isEqualTo(Map.of("a", 2, "b", 4, "c", 8));
    assertThat(measured.assignment(575)).isEqualTo(Map.of("a", 2, "b", 4, "c", 4));
    assertThatThrownBy(() -> measured.assignment(574))
        .hasMessageContaining("575 bytes")
        .hasMessageContaining("574 are too few");
    assertThat(measured.toString()).doesNotContain("accuracy");
  }
}
