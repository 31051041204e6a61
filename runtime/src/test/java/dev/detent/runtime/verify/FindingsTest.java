package dev.detent.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.verify.OutputResult.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where what rounding and chance do ends, and what is wrong begins. */
class FindingsTest {
  private static final int MANY = 10_000;
  private static final OutputResult.Loss LOSS = new OutputResult.Loss(0, 0, 0);

  private static Agreement agreement(double equal, double top1) {
    return new Agreement(8, 1000, equal, 1, 0.5, Double.isNaN(top1) ? 0 : 100, top1);
  }

  private static OutputResult output(double equal, double top1, double yardEqual, double yardTop1) {
    return output(equal, top1, yardEqual, yardTop1, 0.9, 0.9);
  }

  private static OutputResult output(
      double equal, double top1, double yardEqual, double yardTop1, double graph, double file) {
    return new OutputResult(
        "y",
        agreement(equal, top1),
        agreement(1, top1),
        agreement(yardEqual, yardTop1),
        new Quality(Quality.ACCURACY, 0.9, graph, file, graph),
        LOSS);
  }

  private static List<String> findings(int examples, OutputResult output) {
    return Findings.of(examples, List.of(output), 0, List.of(), List.of());
  }

  private static LayerError layer(String name, double equal, double between) {
    return new LayerError(
        name,
        "CONV_2D",
        List.of(4),
        true,
        true,
        agreement(equal, Double.NaN),
        agreement(equal, Double.NaN),
        agreement(between, Double.NaN),
        0,
        30,
        1,
        0);
  }

  private static List<String> layerFindings(int examples, LayerError... layers) {
    return Findings.of(MANY, List.of(), examples, List.of(layers), List.of());
  }

  @Test
  void whatTheKernelsDifferByIsNoFinding() {
    assertThat(findings(MANY, output(0.76, 0.963, 0.76, 0.963))).isEmpty();
    assertThat(findings(MANY, output(0.991, 0.996, 1, 1))).isEmpty();
  }

  @Test
  void lessThanTheKernelsAgreeIsAFinding() {
    // Two deviations of a share of 0.7 over 10,000 examples are 0.92 points.
    assertThat(findings(MANY, output(0.70, 0.97, 0.72, 0.96)))
        .containsExactly(
            "output 'y' equals the quantized graph's in 70.00 % of the values; the two sets of"
                + " kernels agree in 72.00 %");
    assertThat(findings(MANY, output(0.995, 0.95, 0.99, 0.99)))
        .containsExactly(
            "output 'y' answers as the quantized graph does in 95.00 % of the examples; the two"
                + " sets of kernels agree in 99.00 %");
  }

  @Test
  void fewExamplesProveLittle() {
    // 2 of 100 other answers, where 0 to 2 are no surprise; 20 of 100 are.
    assertThat(findings(100, output(1, 0.98, 1, 1))).isEmpty();
    assertThat(findings(100, output(1, 0.8, 1, 1))).hasSize(1);
    assertThat(findings(1, output(0, 0, 1, 1, 1, 1))).hasSize(2);
  }

  @Test
  void accuraciesDifferByThreeTenthsOfAPointOrByChance() {
    // No answer differs, so accuracies cannot by chance.
    assertThat(findings(MANY, output(1, 1, 1, 1, 0.9, 0.897))).isEmpty();
    assertThat(findings(MANY, output(1, 1, 1, 1, 0.9, 0.896)))
        .containsExactly(
            "the accuracy of output 'y' on built-in kernels is -0.40 points off the quantized"
                + " graph's");
    // 4 of 100 answers differ: two deviations are 2 * sqrt(0.04 / 100) = 4 points.
    assertThat(findings(100, output(1, 0.96, 1, 0.96, 0.9, 0.861))).isEmpty();
    assertThat(findings(100, output(1, 0.96, 1, 0.96, 0.9, 0.859))).hasSize(1);
  }

  @Test
  void numbersAreNotJudgedByTheirError() {
    OutputResult output =
        new OutputResult(
            "y",
            agreement(1, Double.NaN),
            agreement(1, Double.NaN),
            agreement(1, Double.NaN),
            new Quality(Quality.MEAN_ABSOLUTE_ERROR, 0.1, 0.1, 5, 5),
            LOSS);
    assertThat(findings(MANY, output)).isEmpty();
  }

  @Test
  void theFirstWrongLayerIsNamedAlone() {
    assertThat(layerFindings(64, layer("a", 0.99, 1), layer("b", 0.8, 0.93), layer("c", 0.5, 0.8)))
        .isEmpty();
    assertThat(layerFindings(64, layer("a", 0.99, 1), layer("b", 0.1, 0.93), layer("c", 0.1, 0.9)))
        .containsExactly(
            "'b' is the first layer that differs by more than rounding: 10.00 % of its values equal"
                + " the graph's");
  }

  private static LayerError wide(double equal, double rms, double noise) {
    Agreement agreement = new Agreement(16, 1000, equal, 9, rms, 0, Double.NaN);
    return new LayerError(
        "wide", "ADD", List.of(4), true, true, agreement, agreement, agreement, 0, 60, noise, 0);
  }

  @Test
  void sixteenBitsAreJudgedBySteps() {
    assertThat(layerFindings(64, wide(0.4, 1, 0.5), wide(0.4, 5, 20))).isEmpty();
    assertThat(layerFindings(64, wide(0.4, 1.1, 0.5)))
        .containsExactly(
            "'wide' is the first layer that differs by more than rounding: 40.00 % of its values"
                + " equal the graph's, the root of the mean square difference is 1.1 steps");
    assertThat(layerFindings(64, wide(0.4, 5.1, 20))).hasSize(1);

    Agreement half = new Agreement(16, 1000, 0.5, 9, 1, 100, 1);
    Agreement all = new Agreement(16, 1000, 1, 0, 0, 100, 1);
    Quality quality = new Quality(Quality.ACCURACY, 0.9, 0.9, 0.9, 0.9);
    assertThat(findings(MANY, new OutputResult("y", half, half, all, quality, LOSS))).isEmpty();
    Agreement other = new Agreement(16, 1000, 0.5, 9, 1, 100, 0.9);
    assertThat(findings(MANY, new OutputResult("y", other, other, all, quality, LOSS))).hasSize(1);
  }

  @Test
  void manyNamesAreCut() {
    assertThat(Findings.of(1, List.of(), 0, List.of(), List.of("a", "b", "c", "d", "e", "f")))
        .containsExactly(
            "scale or zero point of 'a', 'b', 'c', 'd' and 2 more are not the model's: the file was"
                + " exported from other weights, or changed since");
    assertThat(Findings.of(1, List.of(), 0, List.of(), List.of("a")))
        .containsExactly(
            "scale or zero point of 'a' is not the model's: the file was exported from other"
                + " weights, or changed since");
  }
}
