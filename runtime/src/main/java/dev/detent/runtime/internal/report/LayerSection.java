package dev.detent.runtime.internal.report;

import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.verify.LayerError;
import dev.detent.runtime.verify.Verification;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Each layer's error, and its values on the grid of the deployed model. */
final class LayerSection {
  private final Report report;
  private final Html html;
  private final Charts charts;

  LayerSection(Report report, Html html, Charts charts) {
    this.report = report;
    this.html = html;
    this.charts = charts;
  }

  void write() {
    Verification verification = report.verification();
    if (verification != null && !verification.layers().isEmpty()) {
      errors(verification);
    }
    if (!report.ranges().isEmpty()) {
      ranges();
    }
  }

  private void errors(Verification verification) {
    html.open("section", "id", "layers").element("h2", "Error of each layer");
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "Signal to quantization noise of the file's tensors against the float graph's, over"
                + " %,d examples. More is better; 6 dB are one bit.%s",
            verification.layerExamples(),
            verification
                .addingMostNoise()
                .map(layer -> " '" + layer.layer() + "' adds most noise.")
                .orElse("")),
        "class",
        "note");
    List<LayerError> noisy =
        verification.layers().stream().filter(layer -> Double.isFinite(layer.sqnrDb())).toList();
    charts.add(
        html,
        "bars",
        "Signal to noise in dB",
        "The table below has the figures.",
        Map.of(
            "labels", noisy.stream().map(LayerError::layer).toList(),
            "values", noisy.stream().map(LayerError::sqnrDb).toList(),
            "rows", noisy.size()));
    html.open("details").element("summary", "Figures of all layers");
    html.openTable(
        List.of(
            "layer",
            "operation",
            "output",
            "equal to the graph, built-in",
            "at most apart",
            "equal, XNNPACK",
            "at most apart",
            "SQNR",
            "noise in steps"));
    for (LayerError layer : verification.layers()) {
      html.open("tr").element("th", layer.layer(), "scope", "row");
      html.element("td", layer.operation() + (layer.isInteger() ? "" : " (float)"));
      html.element("td", layer.shape().toString());
      html.element("td", Figures.percentDown(layer.builtIn().equalShare()));
      html.element("td", Figures.number(layer.builtIn().largestDifference()));
      html.element("td", Figures.percentDown(layer.xnnpack().equalShare()));
      html.element("td", Figures.number(layer.xnnpack().largestDifference()));
      html.element(
          "td",
          Double.isFinite(layer.sqnrDb())
              ? String.format(Locale.ROOT, "%.1f dB", layer.sqnrDb())
              : "-");
      html.element("td", Figures.number(layer.noise())).close("tr");
    }
    html.close("tbody").close("table").close("div").close("details").close("section");
  }

  private void ranges() {
    html.open("section", "id", "ranges").element("h2", "Ranges of the activations");
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "Where the float values of %,d examples lie on the grid that the deployed model has for"
                + " them. Lines are the ends of the range; a bar is some steps of the grid; what"
                + " lies outside is clipped. Shares are on a logarithmic axis.",
            report.rangeExamples()),
        "class",
        "note");
    html.open("div", "class", "grid small");
    report.ranges().forEach(this::histogram);
    html.close("div");
    table();
    html.close("section");
  }

  private void histogram(LayerRange range) {
    Encoding grid = range.grid();
    charts.add(
        html,
        "histogram",
        range.layer(),
        inWords(range),
        "A histogram; the table below has its figures.",
        Map.of(
            "first", range.first(),
            "width", range.barWidth(),
            "shares", range.shares(),
            "from", range.lowest() - grid.scale() / 2,
            "to", range.highest() + grid.scale() / 2));
  }

  private static String inWords(LayerRange range) {
    return String.format(
        Locale.ROOT,
        "int%d, %s to %s, step %.3g%s",
        range.grid().bits(),
        Figures.number(range.lowest()),
        Figures.number(range.highest()),
        range.grid().scale(),
        range.outside() == 0
            ? ""
            : String.format(Locale.ROOT, ", %.2g %% outside", 100 * range.outside()));
  }

  private void table() {
    html.open("details").element("summary", "Figures of all ranges");
    html.openTable(
        List.of("layer", "output", "bits", "scale", "zero point", "range", "values", "outside"));
    for (LayerRange range : report.ranges()) {
      html.open("tr").element("th", range.layer(), "scope", "row");
      html.element("td", range.shape().toString());
      html.element("td", Integer.toString(range.grid().bits()));
      html.element("td", String.format(Locale.ROOT, "%.6g", range.grid().scale()));
      html.element("td", Integer.toString(range.grid().zeroPoint()));
      html.element("td", Figures.number(range.lowest()) + " to " + Figures.number(range.highest()));
      html.element("td", Figures.number(range.min()) + " to " + Figures.number(range.max()));
      html.element("td", Figures.percent(range.outside())).close("tr");
    }
    html.closeTable().close("details");
  }
}
