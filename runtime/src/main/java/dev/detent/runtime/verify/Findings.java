package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.OutputResult.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a verification has found wrong, in sentences.
 *
 * <p>TFLite's two sets of kernels round differently, and over a network last bits grow: how far
 * they are apart on the same file is the yardstick for how far the graph may be apart from either.
 * What chance can do with so few examples is not held against a file.
 */
final class Findings {
  /** Whatever the yardstick says, so many equal values are good: what one operation reaches. */
  private static final double GOOD_EQUAL = 0.99;

  /** Whatever the yardstick says, so many equal answers are good. */
  private static final double GOOD_TOP1 = 0.995;

  /** How far accuracies may be apart: 0.3 points, and what subtracting two doubles rounds. */
  private static final double ACCURACY_TOLERANCE = 0.003 + 1e-9;

  /**
   * A layer's share of unequal values may be so many times that between the two sets of kernels:
   * the graph agrees with each of them about as well as they do with each other.
   */
  private static final double LAYER_FACTOR = 3;

  /**
   * Wider tensors are judged by how much they are off, in steps, not by how many of their values
   * are: TensorFlow Lite has one set of kernels for them, so that there is no yardstick, and where
   * 65,536 integers share the range rounding makes the last one differ in most values of a deep
   * layer, at no cost. One step is 48 dB below a step of 8 bits.
   */
  private static final int NARROW_BITS = 8;

  /** How far a wider tensor may be off, in steps: once the whole of what it is rounded to. */
  private static final double WIDE_ROUNDING = 1;

  /**
   * Or this share of what quantization itself has changed: after steep functions, as a softmax, one
   * step becomes many, of both. A quarter adds 0.3 dB to the noise.
   */
  private static final double WIDE_NOISE_SHARE = 0.25;

  /** How many standard deviations are chance: they are passed in 1 of 20 cases, or of 40 above. */
  private static final double CHANCE_DEVIATIONS = 2;

  private static final int LISTED_NAMES = 4;

  private Findings() {}

  static List<String> of(
      int examples,
      List<OutputResult> outputs,
      int layerExamples,
      List<LayerError> layers,
      List<String> otherScales) {
    List<String> findings = new ArrayList<>();
    if (!otherScales.isEmpty()) {
      findings.add(
          ("scale or zero point of %s%s not the model's: the file was exported from other weights,"
                  + " or changed since")
              .formatted(listed(otherScales), otherScales.size() == 1 ? " is" : " are"));
    }
    layers.stream()
        .filter(layer -> isWrong(layer, layerExamples))
        .findFirst()
        .ifPresent(
            layer ->
                findings.add(
                    ("'%s' is the first layer that differs by more than rounding: %s of its values"
                            + " equal the graph's%s")
                        .formatted(
                            layer.layer(),
                            VerificationText.percent(layer.builtIn().equalShare()),
                            layer.builtIn().bits() > NARROW_BITS ? steps(layer) : "")));
    for (OutputResult output : outputs) {
      addAgreement(findings, output, examples);
      for (Kernels kernels : Kernels.values()) {
        addQuality(findings, output, kernels, examples);
      }
    }
    return List.copyOf(findings);
  }

  private static boolean isWrong(LayerError layer, int examples) {
    if (layer.builtIn().bits() > NARROW_BITS) {
      return layer.builtIn().rmsDifference()
          > Math.max(WIDE_ROUNDING, WIDE_NOISE_SHARE * layer.noise());
    }
    double unequal = 1 - layer.builtIn().equalShare();
    double expected = 1 - layer.betweenKernels().equalShare();
    return unequal > 1 - GOOD_EQUAL + LAYER_FACTOR * expected + chance(unequal, examples);
  }

  private static void addAgreement(List<String> findings, OutputResult output, int examples) {
    Agreement found = output.builtIn();
    Agreement yardstick = output.betweenKernels();
    if (found.bits() <= NARROW_BITS
        && isLess(found.equalShare(), yardstick.equalShare(), GOOD_EQUAL, examples)) {
      findings.add(
          ("output '%s' equals the quantized graph's in %s of the values; the two sets of kernels"
                  + " agree in %s")
              .formatted(
                  output.output(),
                  VerificationText.percent(found.equalShare()),
                  VerificationText.percent(yardstick.equalShare())));
    }
    if (found.answers() > 0
        && isLess(found.sameTop1Share(), yardstick.sameTop1Share(), GOOD_TOP1, examples)) {
      findings.add(
          ("output '%s' answers as the quantized graph does in %s of the examples; the two sets of"
                  + " kernels agree in %s")
              .formatted(
                  output.output(),
                  VerificationText.percent(found.sameTop1Share()),
                  VerificationText.percent(yardstick.sameTop1Share())));
    }
  }

  /** Whether a share is below the yardstick, and below what is good in any case. */
  private static boolean isLess(double found, double yardstick, double good, int examples) {
    return found + chance(1 - found, examples) < Math.min(good, yardstick);
  }

  private static void addQuality(
      List<String> findings, OutputResult output, Kernels kernels, int examples) {
    Quality quality = output.quality();
    if (!quality.isAccuracy()) {
      return;
    }
    double difference = quality.file(kernels) - quality.quantizedGraph();
    // Each answer that is another one becomes right or wrong by chance.
    double otherAnswers = 1 - output.agreement(kernels).sameTop1Share();
    double chance = CHANCE_DEVIATIONS * Math.sqrt(otherAnswers / examples);
    if (Math.abs(difference) > Math.max(ACCURACY_TOLERANCE, chance)) {
      findings.add(
          String.format(
              Locale.ROOT,
              "the accuracy of output '%s' on %s is %+.2f points off the quantized graph's",
              output.output(),
              VerificationText.name(kernels),
              100 * difference));
    }
  }

  /**
   * What a share of all values may be off by chance. The values of one example are not independent,
   * so what counts is how many examples there are.
   */
  private static double chance(double share, int examples) {
    return CHANCE_DEVIATIONS * Math.sqrt(share * (1 - share) / examples);
  }

  static String listed(List<String> names) {
    List<String> some = names.subList(0, Math.min(LISTED_NAMES, names.size()));
    String text = "'" + String.join("', '", some) + "'";
    int more = names.size() - some.size();
    return more == 0 ? text : text + " and " + more + " more";
  }

  private static String steps(LayerError layer) {
    return String.format(
        Locale.ROOT,
        ", the root of the mean square difference is %.1f steps",
        layer.builtIn().rmsDifference());
  }
}
