package dev.detent.runtime.internal.report;

import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.Agreement;
import dev.detent.runtime.verify.LatencyResult;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All forms of the model side by side, how far graph and file agree, and how fast the file is. */
final class ResultSection {
  private final Report report;
  private final Html html;
  private final Charts charts;

  ResultSection(Report report, Html html, Charts charts) {
    this.report = report;
    this.html = html;
    this.charts = charts;
  }

  private record Row(
      String form, double quality, @Nullable Long bytes, @Nullable Double latencyMillis) {}

  /** A difference of shares. */
  static String points(double difference) {
    return Comparison.points(difference) + " points against float";
  }

  void write() {
    html.open("section", "id", "results").element("h2", "Results");
    html.element(
        "p", "On " + Figures.count(report.examples()) + " test examples.", "class", "note");
    for (OutputAnswers output : report.answers()) {
      output(output);
    }
    Verification verification = report.verification();
    if (verification != null) {
      agreement(verification);
      latency(verification);
    }
    html.close("section");
  }

  private void output(OutputAnswers output) {
    String measure = output.isClasses() ? "accuracy" : "mean absolute error";
    if (report.answers().size() > 1) {
      html.element("h3", "Output " + output.output());
    }
    List<Row> rows = rows(output);
    html.openTable(List.of("model", measure, "against float", "size", "latency"));
    double inFloat = rows.get(0).quality;
    for (Row row : rows) {
      double difference = row.quality - inFloat;
      html.open("tr").element("th", row.form, "scope", "row");
      html.element("td", Figures.quality(output.isClasses(), row.quality));
      html.element(
          "td",
          row == rows.get(0)
              ? "-"
              : output.isClasses()
                  ? Comparison.points(difference)
                  : String.format(Locale.ROOT, "%+.3g", difference));
      html.element("td", row.bytes == null ? "-" : Figures.bytes(row.bytes));
      html.element("td", row.latencyMillis == null ? "-" : Figures.millis(row.latencyMillis));
      html.close("tr");
    }
    html.closeTable();
    html.open("div", "class", "grid");
    List<String> names = rows.stream().map(ResultSection::besideBar).toList();
    List<Double> qualities =
        rows.stream()
            .map(row -> output.isClasses() ? 100 * (1 - row.quality) : row.quality)
            .toList();
    bars(output.isClasses() ? "Wrong answers in %" : "Mean absolute error", names, qualities);
    if (output == report.answers().get(0)) {
      List<Row> files = rows.stream().filter(row -> row.bytes != null).toList();
      if (!files.isEmpty()) {
        List<Row> sizes = files.subList(0, 2); // the float file, and the deployed one
        bars(
            "Size in KB",
            List.of("float", "int8"),
            sizes.stream().map(row -> row.bytes == null ? 0 : row.bytes / 1e3).toList());
      }
      List<Row> timed = rows.stream().filter(row -> row.latencyMillis != null).toList();
      if (!timed.isEmpty()) {
        bars(
            "Latency in ms, one example, 1 thread",
            timed.stream().map(ResultSection::besideBar).toList(),
            timed.stream().map(row -> row.latencyMillis == null ? 0 : row.latencyMillis).toList());
      }
    }
    html.close("div");
  }

  /** A name that is short enough to stand beside a bar. */
  private static String besideBar(Row row) {
    return switch (row.form) {
      case Forms.POST_TRAINING -> "PTQ";
      case Forms.QAT -> "QAT";
      default -> row.form.replace("in TFLite, ", "").replace(" kernels", "");
    };
  }

  private void bars(String title, List<String> names, List<Double> values) {
    charts.add(
        html,
        "bars",
        title,
        "The table above has the figures.",
        Map.of("labels", names, "values", values, "rows", names.size()));
  }

  /** What the verification has measured counts; else what the report has. */
  private List<Row> rows(OutputAnswers output) {
    Verification verification = report.verification();
    List<Row> rows = new ArrayList<>();
    for (OutputAnswers.Quality quality : output.qualities()) {
      boolean isFloat = rows.isEmpty();
      boolean isFile = quality.form().equals(Forms.FILE);
      if (verification == null) {
        rows.add(new Row(quality.form(), quality.value(), null, null));
      } else if (isFile) {
        OutputResult of = verification.output(output.output());
        for (Kernels kernels : List.of(Kernels.XNNPACK, Kernels.BUILT_IN)) {
          rows.add(
              new Row(
                  "int8 in TFLite, " + name(kernels),
                  of.quality().file(kernels),
                  verification.int8Bytes(),
                  verification.latency(kernels).map(LatencyResult::int8Millis).orElse(null)));
        }
      } else {
        rows.add(
            new Row(
                quality.form(),
                quality.value(),
                isFloat ? verification.floatBytes() : null,
                isFloat
                    ? verification
                        .latency(Kernels.XNNPACK)
                        .map(LatencyResult::floatMillis)
                        .orElse(null)
                    : null));
      }
    }
    return rows;
  }

  private static String name(Kernels kernels) {
    return kernels == Kernels.BUILT_IN ? "built-in kernels" : "XNNPACK";
  }

  private void agreement(Verification verification) {
    html.element("h3", "Agreement of file and graph");
    html.openTable(List.of("compared", "equal values", "at most apart", "same top-1"));
    for (OutputResult output : verification.outputs()) {
      String of = verification.outputs().size() == 1 ? "" : output.output() + ": ";
      row(of + "graph and built-in kernels", output.builtIn());
      row(of + "graph and XNNPACK", output.xnnpack());
      row(of + "built-in kernels and XNNPACK", output.betweenKernels());
    }
    html.closeTable();
  }

  private void row(String name, Agreement agreement) {
    html.open("tr").element("th", name, "scope", "row");
    html.element("td", Figures.percentDown(agreement.equalShare()));
    html.element("td", Figures.number(agreement.largestDifference()));
    html.element(
        "td", agreement.answers() == 0 ? "-" : Figures.percentDown(agreement.sameTop1Share()));
    html.close("tr");
  }

  private void latency(Verification verification) {
    html.element("p", verification.delegation().toString(), "class", "note");
    if (verification.latencies().isEmpty()) {
      return;
    }
    html.element("h3", "Latency");
    html.openTable(List.of("one example, 1 thread", "int8", "float", "int8 / float"));
    for (LatencyResult latency : verification.latencies()) {
      html.open("tr").element("th", name(latency.kernels()), "scope", "row");
      html.element("td", Figures.millis(latency.int8Millis()));
      html.element("td", Figures.millis(latency.floatMillis()));
      html.element("td", String.format(Locale.ROOT, "%.2f", latency.ratio())).close("tr");
    }
    html.closeTable();
  }
}
