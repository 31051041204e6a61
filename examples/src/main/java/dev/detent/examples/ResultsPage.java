package dev.detent.examples;

import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.report.TablePage;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

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

  /** Of the rows below head and rule. */
  private static final Pattern FIRST_CELL = Pattern.compile("(?<=\\n)\\| (?!---)([^|]+?) \\|");

  /**
   * The same for a browser.
   *
   * @throws IOException if it cannot be written
   */
  Path writeHtml(Path file) throws IOException {
    TablePage page =
        new TablePage(
                "Results",
                "Examples and the zoo, trained, quantized, deployed and measured.",
                provenance)
            .fact("seed", seed);
    if (!trained.isEmpty()) {
      List<String> names = trained.stream().map(TrainedRow::name).toList();
      page.section(
              "Accuracy",
              "Of the test examples; of ssd the mean average precision. The teacher of QAT is the"
                  + " float model.")
          .bars(
              "Points against float",
              names,
              List.of(
                  bars("post-training", trained, row -> 100 * (row.minMax() - row.inFloat())),
                  bars(
                      "int8 file, XNNPACK", trained, row -> 100 * (row.xnnpack() - row.inFloat()))))
          .table(accuracies(trained))
          .section(
              "Agreement, size and speed",
              "How often graph and file, and both kinds of kernels, give the same answer; latency is"
                  + " of one example on one thread of XNNPACK.")
          .beginCharts()
          .bars(
              "Times smaller in int8 than in float",
              names,
              List.of(bars("int8", trained, row -> (double) row.floatBytes() / row.int8Bytes())))
          .bars(
              "Times faster in int8 than in float",
              names,
              List.of(bars("int8", trained, TrainedRow::speedUp)))
          .endCharts()
          .table(agreement());
    }
    if (!sizes.isEmpty()) {
      List<String> names = sizes.stream().map(SizeRow::name).toList();
      page.section("The zoo", "At full size.")
          .beginCharts()
          .bars(
              "Size in MB",
              names,
              List.of(
                  bars("float", sizes, row -> row.floatBytes() / 1e6),
                  bars("int8", sizes, row -> row.int8Bytes() / 1e6)))
          .bars(
              "Times faster in int8 than in float",
              names,
              List.of(bars("int8", sizes, SizeRow::speedUp)))
          .endCharts()
          .table(zoo());
    }
    return page.write(file);
  }

  private static <T> TablePage.Bars bars(String name, List<T> rows, ToDoubleFunction<T> value) {
    return new TablePage.Bars(name, rows.stream().map(row -> value.applyAsDouble(row)).toList());
  }

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
            asCode(accuracies(trained)),
            asCode(agreement()),
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
          row.name(),
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

  /** In Markdown, names of commands as code. */
  private static String asCode(TextTable table) {
    return FIRST_CELL.matcher(table.toMarkdown()).replaceAll("| `$1` |");
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
          row.name(),
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
    return share == null ? null : Comparison.percent(share);
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
