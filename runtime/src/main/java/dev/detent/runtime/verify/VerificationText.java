package dev.detent.runtime.verify;

import dev.detent.runtime.report.TextList;
import dev.detent.runtime.report.TextTable;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.OutputResult.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A {@link Verification} as text for the console. */
final class VerificationText {
  private static final String NOISIEST = "most noise";
  private static final String ADDS_NOISE = "adds most noise";
  private static final String ADDS_DIFFERENCES = "adds most differences";
  private static final String OTHER_SCALE = "other scale";

  private final Verification verification;
  private final StringBuilder text = new StringBuilder();

  private VerificationText(Verification verification) {
    this.verification = verification;
  }

  static String of(Verification verification) {
    return new VerificationText(verification).write();
  }

  static String summary(Verification verification) {
    return new VerificationText(verification).writeSummary();
  }

  private String write() {
    line(
        "Verification of %s: %s, %,d examples",
        verification.file(), verification.model(), verification.examples());
    quality();
    agreement();
    latency();
    delegation();
    layers();
    verdict();
    return text.toString();
  }

  private String writeSummary() {
    agreement();
    delegation();
    verdict();
    return text.toString();
  }

  private void quality() {
    for (OutputResult output : verification.outputs()) {
      Quality quality = output.quality();
      blankLine();
      TextTable table = TextTable.of(title("model", output), quality.measure(), "size");
      table.row(
          "float model", figure(quality, quality.floatGraph()), bytes(verification.floatBytes()));
      table.row("quantized graph", figure(quality, quality.quantizedGraph()));
      for (Kernels kernels : Kernels.values()) {
        table.row(
            "int8 file, " + name(kernels),
            figure(quality, quality.file(kernels)),
            bytes(verification.int8Bytes()));
      }
      text.append(table);
    }
  }

  private static String figure(Quality quality, double value) {
    return quality.isAccuracy() ? format("%.2f %%", 100 * value) : format("%.6g", value);
  }

  private void agreement() {
    for (OutputResult output : verification.outputs()) {
      blankLine();
      TextTable table =
          TextTable.of(title("agreement", output), "equal values", "at most apart", "same top-1");
      row(table, "graph and built-in kernels", output.builtIn());
      row(table, "graph and XNNPACK", output.xnnpack());
      row(table, "built-in kernels and XNNPACK", output.betweenKernels());
      text.append(table);
    }
  }

  private String title(String what, OutputResult output) {
    return verification.outputs().size() == 1 ? what : what + " of '" + output.output() + "'";
  }

  private static void row(TextTable table, String name, Agreement agreement) {
    table.row(
        name,
        percent(agreement.equalShare()),
        number(agreement.largestDifference()),
        agreement.answers() == 0 ? null : percent(agreement.sameTop1Share()));
  }

  private void latency() {
    if (verification.latencies().isEmpty()) {
      return;
    }
    blankLine();
    TextTable table = TextTable.of("one example, 1 thread", "int8", "float", "int8 / float");
    for (LatencyResult latency : verification.latencies()) {
      table.row(
          name(latency.kernels()),
          format("%.3f ms", latency.int8Millis()),
          format("%.3f ms", latency.floatMillis()),
          format("%.2f", latency.ratio()));
    }
    text.append(table);
  }

  /** Nothing where XNNPACK runs all. */
  private void delegation() {
    if (!verification.delegation().isComplete()) {
      blankLine();
      line("%s", verification.delegation());
    }
  }

  private void layers() {
    if (verification.layers().isEmpty()) {
      return;
    }
    blankLine();
    line(
        "Layers over %,d examples: equal to the graph's, largest difference, signal to noise "
            + "against float",
        verification.layerExamples());
    TextTable table =
        TextTable.of(
            "layer", "operation", "output", "built-in", "max", "XNNPACK", "max", "SQNR", "worst");
    for (LayerError layer : verification.layers()) {
      table.row(
          layer.layer(),
          layer.operation() + (layer.isInteger() ? "" : " (float)"),
          layer.shape(),
          percent(layer.builtIn().equalShare()),
          number(layer.builtIn().largestDifference()),
          percent(layer.xnnpack().equalShare()),
          number(layer.xnnpack().largestDifference()),
          Double.isFinite(layer.sqnrDb()) ? format("%.1f dB", layer.sqnrDb()) : null,
          marks(layer));
    }
    text.append(table);
  }

  /** What a layer is worst in; empty for most. */
  private String marks(LayerError layer) {
    List<String> marks = new ArrayList<>();
    mark(marks, layer, verification.addingMostDifferences(), ADDS_DIFFERENCES);
    mark(marks, layer, verification.addingMostNoise(), ADDS_NOISE);
    mark(marks, layer, verification.noisiest(), NOISIEST);
    if (!layer.hasSameScale()) {
      marks.add(OTHER_SCALE);
    }
    return marks.isEmpty() ? "" : "<- " + String.join(", ", marks);
  }

  private static void mark(
      List<String> marks, LayerError layer, Optional<LayerError> worst, String mark) {
    if (worst.isPresent() && worst.get().layer().equals(layer.layer())) {
      marks.add(mark);
    }
  }

  private void verdict() {
    List<String> departures = verification.departures();
    blankLine();
    if (verification.isFaithful()) {
      line("The file computes what was trained.");
    } else if (departures.isEmpty()) {
      line("The file computes what the quantized graph does.");
    } else {
      line("The file does not compute what was trained:");
      text.append(TextList.of(departures));
    }
    if (!verification.losses().isEmpty()) {
      line("Quantization has lost accuracy:");
      text.append(TextList.of(verification.losses()));
    }
    verification.notes().forEach(note -> text.append(TextList.paragraph(note)));
  }

  /** Between two parts; not at the beginning. */
  private void blankLine() {
    if (!text.isEmpty()) {
      text.append('\n');
    }
  }

  private void line(String format, Object... values) {
    text.append(format(format, values)).append('\n');
  }

  /** For people. */
  static String name(Kernels kernels) {
    return kernels == Kernels.BUILT_IN ? "built-in kernels" : "XNNPACK";
  }

  /** Rounded down, so that 100.00 % is all of them. */
  static String percent(double share) {
    return format("%.2f %%", Math.floor(share * 10_000) / 100);
  }

  /** Steps, which are whole; or what a float tensor is off by. */
  private static String number(double difference) {
    return difference == Math.rint(difference)
        ? format("%,.0f", difference)
        : format("%.2g", difference);
  }

  private static String bytes(long bytes) {
    return format("%,d bytes", bytes);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
