package dev.detent.runtime.tflite;

import dev.detent.runtime.tflite.OutputResult.Quality;
import dev.detent.runtime.tflite.interpreter.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a verification has found wrong, in sentences.
 *
 * <p>TFLite's two sets of kernels round differently, and over a network last bits grow: how far
 * they are apart on the same file is the yardstick for how far the graph may be apart from either.
 */
final class Findings {
  /** Whatever the yardstick says, so many equal values are good: what one operation reaches. */
  private static final double GOOD_EQUAL = 0.99;

  /** Whatever the yardstick says, so many equal answers are good. */
  private static final double GOOD_TOP1 = 0.995;

  /** How far accuracies may be apart: 0.3 points. */
  private static final double ACCURACY_TOLERANCE = 0.003;

  /** How far below the yardstick is chance: where a value lands between two steps is. */
  private static final double YARDSTICK_SLACK = 0.01;

  /**
   * A layer's share of unequal values may be so many times that between the two sets of kernels:
   * the graph agrees with each of them about as well as they do with each other.
   */
  private static final double LAYER_FACTOR = 3;

  private static final int LISTED_NAMES = 4;

  private Findings() {}

  static List<String> of(
      int examples, List<OutputResult> outputs, List<LayerError> layers, List<String> otherScales) {
    List<String> findings = new ArrayList<>();
    if (!otherScales.isEmpty()) {
      findings.add(
          "scale or zero point of "
              + listed(otherScales)
              + (otherScales.size() == 1 ? " is" : " are")
              + " not the model's: the file was exported from other weights, or changed since");
    }
    layers.stream()
        .filter(Findings::isWrong)
        .findFirst()
        .ifPresent(
            layer ->
                findings.add(
                    "'"
                        + layer.layer()
                        + "' is the first layer that differs by more than rounding: "
                        + percent(layer.builtIn().equalShare())
                        + " of its values equal the graph's"));
    for (OutputResult output : outputs) {
      addAgreement(findings, output);
      for (Kernels kernels : Kernels.values()) {
        addQuality(findings, output, kernels, examples);
      }
    }
    return List.copyOf(findings);
  }

  private static boolean isWrong(LayerError layer) {
    double unequal = 1 - layer.builtIn().equalShare();
    double expected = 1 - layer.betweenKernels().equalShare();
    return unequal > 1 - GOOD_EQUAL + LAYER_FACTOR * expected;
  }

  private static void addAgreement(List<String> findings, OutputResult output) {
    Agreement found = output.builtIn();
    Agreement yardstick = output.betweenKernels();
    if (found.equalShare() < Math.min(GOOD_EQUAL, yardstick.equalShare() - YARDSTICK_SLACK)) {
      findings.add(
          "output '"
              + output.output()
              + "' equals the quantized graph's in "
              + percent(found.equalShare())
              + " of the values; the two sets of kernels agree in "
              + percent(yardstick.equalShare()));
    }
    if (found.sameTop1Share() < Math.min(GOOD_TOP1, yardstick.sameTop1Share() - YARDSTICK_SLACK)) {
      findings.add(
          "output '"
              + output.output()
              + "' answers as the quantized graph does in "
              + percent(found.sameTop1Share())
              + " of the examples; the two sets of kernels agree in "
              + percent(yardstick.sameTop1Share()));
    }
  }

  private static void addQuality(
      List<String> findings, OutputResult output, Kernels kernels, int examples) {
    Quality quality = output.quality();
    double difference = quality.file(kernels) - quality.quantizedGraph();
    // One answer more or less is no difference, however few examples there are.
    double tolerance = Math.max(ACCURACY_TOLERANCE, 1.5 / examples);
    if (quality.isAccuracy() && Math.abs(difference) > tolerance) {
      findings.add(
          String.format(
              Locale.ROOT,
              "output '%s' is %+.2f points as accurate on %s as the quantized graph",
              output.output(),
              100 * difference,
              VerificationText.name(kernels)));
    }
  }

  private static String listed(List<String> names) {
    List<String> some = names.subList(0, Math.min(LISTED_NAMES, names.size()));
    String text = "'" + String.join("', '", some) + "'";
    int more = names.size() - some.size();
    return more == 0 ? text : text + " and " + more + " more";
  }

  private static String percent(double share) {
    return VerificationText.percent(share);
  }
}
