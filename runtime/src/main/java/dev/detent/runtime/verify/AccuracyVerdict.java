package dev.detent.runtime.verify;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.InputStatistics;
import dev.detent.runtime.verify.OutputResult.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a file has lost against the float model, in sentences.
 *
 * @param losses what is more than chance, and more than 8 bits usually cost
 * @param notes what is not
 */
record AccuracyVerdict(List<String> losses, List<String> notes) {

  /** A share of right answers that 8 bits may cost: a point. */
  private static final double USUAL_ACCURACY_LOSS = 0.01;

  /** How much a mean error may grow, as a share of it. */
  private static final double USUAL_ERROR_GROWTH = 0.05;

  private static final int LISTED_LAYERS = 3;

  /** Where the signal is so much stronger than the noise, in decibels, a layer is not to blame. */
  private static final double CLEAR_SIGNAL_DB = 30;

  static AccuracyVerdict of(int examples, List<OutputResult> outputs, List<LayerError> layers) {
    List<String> losses = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (OutputResult output : outputs) {
      String name = outputs.size() == 1 ? "" : " of '" + output.output() + "'";
      if (examples < InputStatistics.ENOUGH_EXAMPLES) {
        notes.add(
            ("The loss of %s%s against float cannot be told from chance with %s examples; take %s at"
                    + " least.")
                .formatted(
                    output.quality().measure(), name, examples, InputStatistics.ENOUGH_EXAMPLES));
        continue;
      }
      Kernels worse =
          output.loss().builtIn() >= output.loss().xnnpack() ? Kernels.BUILT_IN : Kernels.XNNPACK;
      double loss = output.loss().file(worse);
      String figures = figures(output, worse, name, examples);
      if (loss <= output.loss().chance()) {
        boolean isNone = loss <= 0;
        notes.add(figures + (isNone ? ": no loss." : ": no more apart than by chance."));
      } else if (loss <= usual(output.quality())) {
        notes.add(figures + ": a small loss, such as 8 bits usually cost.");
      } else {
        losses.add(figures + remedy(layers));
      }
    }
    return new AccuracyVerdict(losses, notes);
  }

  private static double usual(Quality quality) {
    return quality.isAccuracy() ? USUAL_ACCURACY_LOSS : USUAL_ERROR_GROWTH * quality.floatGraph();
  }

  private static String figures(OutputResult output, Kernels kernels, String name, int examples) {
    Quality quality = output.quality();
    String measure =
        Character.toUpperCase(quality.measure().charAt(0)) + quality.measure().substring(1);
    double chance = output.loss().chance();
    String kernelName = VerificationText.name(kernels);
    return quality.isAccuracy()
        ? String.format(
            Locale.ROOT,
            "%s%s is %.2f %% in float and %.2f %% in the file (%s, %,d examples, +-%.2f points)",
            measure,
            name,
            100 * quality.floatGraph(),
            100 * quality.file(kernels),
            kernelName,
            examples,
            100 * chance)
        : String.format(
            Locale.ROOT,
            "%s%s is %.4g in float and %.4g in the file (%s, %,d examples, +-%.2g)",
            measure,
            name,
            quality.floatGraph(),
            quality.file(kernels),
            kernelName,
            examples,
            chance);
  }

  /** Where it is lost, and what to do about it. */
  private static String remedy(List<LayerError> layers) {
    String worst =
        layers.stream()
            .filter(layer -> layer.sqnrDb() < CLEAR_SIGNAL_DB && layer.sqnrLossDb() > 0)
            .sorted(Comparator.comparingDouble(LayerError::sqnrLossDb).reversed())
            .limit(LISTED_LAYERS)
            .map(
                layer ->
                    String.format(
                        Locale.ROOT,
                        "'%s' (%.1f dB, to %.1f dB)",
                        layer.layer(),
                        layer.sqnrLossDb(),
                        layer.sqnrDb()))
            .collect(Collectors.joining(", "));
    return (worst.isEmpty() ? "" : ". Most signal is lost in " + worst)
        + ". Calibrate with examples like those of the training, fine-tune with fit after quantize,"
        + " or give the worst layers more bits with @QuantizeConfig, or @KeepFloat";
  }
}
