package dev.detent.examples;

import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The results as a page.
 *
 * @param trained examples, in the order of the page
 * @param sizes models of the zoo
 * @param provenance of this run, which wrote the page
 * @param seed of all that is random
 */
record ResultsPage(
    List<TrainedRow> trained, List<SizeRow> sizes, Provenance provenance, long seed) {

  Path write(Path file) throws IOException {
    return AtomicFiles.write(file, out -> out.write(text().getBytes(StandardCharsets.UTF_8)));
  }

  private String text() {
    return """
    # Results

    Written by `examples/run results --data DIR`, where `DIR` has the data sets as `cifar10`, `mnist-10k` and `spoken-digits`;
    `--models` chooses rows. Seed %d, %s, %d cores of %s, TensorFlow %s, TensorFlow Lite %s,
    %s.

    ## Accuracy

    Of the test examples, which neither training nor calibration has seen. Post-training quantization takes its ranges from
    500 training examples: their extremes, or their 99.99th percentile. QAT with a teacher starts from the same float weights,
    which are the teacher (`Fit.floatTeacher(%s, %s)`). The int8 file comes of QAT without, and runs in TensorFlow Lite, on
    XNNPACK and on the built-in kernels. Of `ssd` it is not the accuracy but COCO's mean average precision.

    %s
    ## Agreement, size and speed

    How often the quantized training graph gives the same answer as the file on the built-in kernels, and, as the yardstick,
    how often XNNPACK does. Latency is of one example on one thread of XNNPACK, float and int8 in turns; the speed-up is the
    median over pairs. What XNNPACK leaves to the built-in kernels is slow, and cuts its work in parts: it is why some int8
    files are slower than their float ones. Training time is that of all epochs.

    %s
    ## The zoo

    Size and speed at full size, on which weights have no influence. Parameters include the moving statistics of batch norm,
    as Keras counts them.

    %s"""
        .formatted(
            seed,
            provenance.date(),
            provenance.cores(),
            provenance.cpu(),
            provenance.libraries().get("TensorFlow"),
            provenance.libraries().get("TensorFlow Lite"),
            provenance.java(),
            Recipe.TEACHER_TEMPERATURE,
            Recipe.TEACHER_WEIGHT,
            accuracies(trained).toMarkdown(),
            agreement().toMarkdown(),
            zoo().toMarkdown());
  }

  static TextTable accuracies(List<TrainedRow> trained) {
    TextTable table =
        TextTable.of(
            "example",
            "data",
            "float",
            "post-training",
            "by percentile",
            "QAT",
            "QAT, teacher",
            "int8, XNNPACK",
            "int8, built-in",
            "int8 against float");
    for (TrainedRow row : trained) {
      table.row(
          "`" + row.name() + "`",
          String.format(Locale.ROOT, "%s, %,d", row.data(), row.tested()),
          percent(row.inFloat()),
          percent(row.minMax()),
          percent(row.percentile()),
          percent(row.qat()),
          percent(row.taught()),
          percent(row.xnnpack()),
          percent(row.builtIn()),
          Comparison.points(row.xnnpack() - row.inFloat()));
    }
    return table;
  }

  private TextTable agreement() {
    TextTable table =
        TextTable.of(
            "example",
            "graph = built-in",
            "XNNPACK = built-in",
            "faithful",
            "size float / int8",
            "smaller",
            "latency float / int8",
            "faster",
            "operations",
            "left by XNNPACK",
            "training");
    for (TrainedRow row : trained) {
      table.row(
          "`" + row.name() + "`",
          percent(row.sameTop1()),
          percent(row.kernelsSameTop1()),
          row.faithful() ? "yes" : "no",
          sizes(row.floatBytes(), row.int8Bytes()),
          times((double) row.floatBytes() / row.int8Bytes()),
          millis(row.floatMillis(), row.int8Millis()),
          times(row.speedUp()),
          row.operations(),
          left(row.left()),
          minutes(row.trainingSeconds()));
    }
    return table;
  }

  private TextTable zoo() {
    TextTable table =
        TextTable.of(
            "model",
            "parameters",
            "multiply-accumulates",
            "size float / int8",
            "smaller",
            "latency float / int8",
            "faster",
            "operations",
            "left by XNNPACK");
    for (SizeRow row : sizes) {
      table.row(
          row.name(),
          String.format(Locale.ROOT, "%,d", row.parameters()),
          String.format(Locale.ROOT, "%,.2f M", row.multiplyAccumulates() / 1e6),
          sizes(row.floatBytes(), row.int8Bytes()),
          times((double) row.floatBytes() / row.int8Bytes()),
          millis(row.floatMillis(), row.int8Millis()),
          times(row.speedUp()),
          row.operations(),
          left(row.left()));
    }
    return table;
  }

  private static String left(String operations) {
    return operations.isEmpty() ? null : operations;
  }

  private static String percent(Double share) {
    return share == null ? null : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String sizes(long floatBytes, long int8Bytes) {
    return String.format(Locale.ROOT, "%,.1f / %,.1f KB", floatBytes / 1e3, int8Bytes / 1e3);
  }

  private static String millis(double floating, double int8) {
    return String.format(Locale.ROOT, "%.3f / %.3f ms", floating, int8);
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, "%.2f", factor);
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }
}
