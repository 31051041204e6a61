package dev.detent.runtime.internal.report;

import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Epoch;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.verify.LatencyResult;
import dev.detent.runtime.verify.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Report} as HTML that loads nothing. */
final class Page {
  /** What is less would be 1.0 times as much. */
  private static final double LEAST_TIMES = 1.05;

  private final Report report;
  private final Html html = new Html();
  private final Charts charts = new Charts();
  private final Frame frame = new Frame(html);

  Page(Report report) {
    this.report = report;
  }

  String write() {
    frame.begin(report.title());
    header();
    html.open("main");
    new ResultSection(report, html, charts).write();
    curves();
    new AnswerSection(report, html, charts).write();
    new BoxSection(report, html).write();
    new LayerSection(report, html, charts).write();
    frame.versions(report.provenance());
    html.close("main");
    frame.end(charts);
    return html.toString();
  }

  // ---------------------------------------------------------------- header

  private void header() {
    html.open("header").element("h1", report.title()).element("p", report.model(), "class", "sub");
    verdict();
    tiles();
    if (!report.facts().isEmpty()) {
      frame.facts(report.facts());
    }
    html.open("nav", "aria-label", "Parts");
    link("results", "Results", true);
    link("training", "Training", !report.phases().isEmpty());
    link("answers", "Answers", !report.answers().isEmpty());
    link("boxes", "Boxes", !report.boxes().isEmpty());
    link("layers", "Layers", report.verification() != null);
    link("ranges", "Ranges", !report.ranges().isEmpty());
    link(Frame.VERSIONS, "Versions", true);
    html.close("nav").close("header");
  }

  private void link(String id, String text, boolean exists) {
    if (exists) {
      html.element("a", text, "href", "#" + id);
    }
  }

  private void verdict() {
    Verification verification = report.verification();
    if (verification == null) {
      if (!report.unverified().isEmpty()) {
        html.element("p", report.unverified(), "class", "verdict open");
      }
      return;
    }
    if (verification.isFaithful()) {
      html.element("p", "The file computes what was trained.", "class", "verdict good");
    } else {
      boolean departs = !verification.departures().isEmpty();
      html.open("div", "class", "verdict bad");
      html.element(
          "p",
          departs
              ? "The file does not compute what was trained:"
              : "The file computes what the quantized graph does. Quantization has lost accuracy:");
      list(verification.findings());
      html.close("div");
    }
    if (!verification.notes().isEmpty()) {
      html.open("div", "class", "verdict open").element("p", "To be known:");
      list(verification.notes());
      html.close("div");
    }
  }

  private void list(List<String> items) {
    html.open("ul");
    items.forEach(item -> html.element("li", item));
    html.close("ul");
  }

  private void tiles() {
    html.open("div", "class", "tiles");
    if (report.answers().size() == 1) {
      OutputAnswers output = report.answers().get(0);
      String measure = output.isClasses() ? "accuracy" : "mean absolute error";
      OutputAnswers.Quality first = output.qualities().get(0);
      OutputAnswers.Quality last = output.qualities().get(output.qualities().size() - 1);
      tile(Figures.quality(output.isClasses(), first.value()), measure + ", " + first.form(), "");
      if (first != last) {
        String form = report.verification() == null ? last.form() : "int8 file";
        tile(
            Figures.quality(output.isClasses(), last.value()),
            measure + ", " + form,
            output.isClasses() ? ResultSection.points(last.value() - first.value()) : "");
      }
    }
    Verification verification = report.verification();
    if (verification != null) {
      double times = (double) verification.floatBytes() / verification.int8Bytes();
      tile(
          Figures.bytes(verification.int8Bytes()),
          "size of the file",
          String.format(Locale.ROOT, "%.1f times smaller than float", times));
      verification.latency(Kernels.XNNPACK).ifPresent(this::latencyTile);
    }
    html.close("div");
  }

  private void latencyTile(LatencyResult latency) {
    boolean isFaster = latency.ratio() < 1;
    double times = isFaster ? 1 / latency.ratio() : latency.ratio();
    tile(
        Figures.millis(latency.int8Millis()),
        "one example, XNNPACK, 1 thread",
        times < LEAST_TIMES
            ? "as fast as float"
            : String.format(
                Locale.ROOT, "%.1f times %s than float", times, isFaster ? "faster" : "slower"));
  }

  private void tile(String figure, String what, String more) {
    html.open("div", "class", "tile").element("strong", figure).element("span", what);
    if (!more.isEmpty()) {
      html.element("small", more);
    }
    html.close("div");
  }

  // ---------------------------------------------------------------- training

  /** An epoch at its place among those of all phases. */
  private record Placed(int number, Phase phase, Epoch epoch) {}

  private void curves() {
    List<Placed> epochs = new ArrayList<>();
    for (Phase phase : report.phases()) {
      phase.epochs().forEach(epoch -> epochs.add(new Placed(epochs.size() + 1, phase, epoch)));
    }
    if (epochs.isEmpty()) {
      return;
    }
    html.open("section", "id", "training").element("h2", "Training");
    html.element("p", inWords(), "class", "note").open("div", "class", "grid");
    curve("Loss", epochs, measures -> measures.loss());
    Set<String> losses = new LinkedHashSet<>();
    Set<String> metrics = new LinkedHashSet<>();
    for (Placed placed : epochs) {
      losses.addAll(placed.epoch.training().losses().keySet());
      metrics.addAll(placed.epoch.training().metrics().keySet());
    }
    losses.forEach(
        name -> curve("Loss of " + name, epochs, measures -> measures.losses().get(name)));
    metrics.forEach(name -> curve(name, epochs, measures -> measures.metrics().get(name)));
    rate(epochs);
    html.close("div");
    epochTable(epochs, losses, metrics);
    html.close("section");
  }

  private String inWords() {
    List<String> parts = new ArrayList<>();
    for (Phase phase : report.phases()) {
      int count = phase.epochs().size();
      double seconds = phase.epochs().stream().mapToDouble(Epoch::seconds).sum();
      parts.add(
          String.format(
              Locale.ROOT,
              "%d %s in %s (%.1f s)",
              count,
              count == 1 ? "epoch" : "epochs",
              phase.isQuantized() ? "quantization-aware training" : "float",
              seconds));
    }
    return String.join(", then ", parts) + ".";
  }

  private void curve(
      String title, List<Placed> epochs, Function<Measures, @Nullable Double> value) {
    List<Charts.Curve> curves = new ArrayList<>();
    curves.add(line("training", "accent", true, epochs, e -> value.apply(e.training())));
    if (epochs.stream().anyMatch(placed -> placed.epoch.validation() != null)) {
      curves.add(
          line(
              "validation",
              "second",
              false,
              epochs,
              e -> {
                Measures validation = e.validation();
                return validation == null ? null : value.apply(validation);
              }));
    }
    chart(title, epochs, curves);
  }

  private void rate(List<Placed> epochs) {
    chart(
        "Learning rate, of each epoch's last step",
        epochs,
        List.of(line("learning rate", "accent", false, epochs, Epoch::learningRate)));
  }

  private void chart(String title, List<Placed> epochs, List<Charts.Curve> curves) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("curves", curves);
    figures.put("x", "epoch");
    figures.put("marks", marks(epochs));
    charts.add(
        html, "lines", title, "A curve over epochs; the table below has its figures.", figures);
  }

  /** Where a phase begins. */
  private List<Map<String, Object>> marks(List<Placed> epochs) {
    List<Map<String, Object>> marks = new ArrayList<>();
    for (int i = 1; i < epochs.size(); i++) {
      if (epochs.get(i).phase != epochs.get(i - 1).phase) {
        marks.add(Map.of("x", i + 0.5, "label", epochs.get(i).phase.title()));
      }
    }
    return marks;
  }

  /** Ends where a phase does, and begins anew. */
  private static Charts.Curve line(
      String name,
      String color,
      boolean dashed,
      List<Placed> epochs,
      Function<Epoch, @Nullable Double> value) {
    List<@Nullable Double[]> points = new ArrayList<>();
    Phase phase = epochs.get(0).phase;
    for (Placed placed : epochs) {
      if (placed.phase != phase) {
        points.add(new Double[] {placed.number - 0.5, null});
        phase = placed.phase;
      }
      points.add(new Double[] {(double) placed.number, value.apply(placed.epoch)});
    }
    return new Charts.Curve(name, color, dashed, points);
  }

  private void epochTable(List<Placed> epochs, Set<String> losses, Set<String> metrics) {
    html.open("details").element("summary", "Figures of all epochs");
    List<String> measured = new ArrayList<>(List.of("loss"));
    losses.forEach(name -> measured.add("loss of " + name));
    measured.addAll(metrics);
    List<String> titles = new ArrayList<>(List.of("epoch"));
    titles.addAll(measured);
    measured.forEach(name -> titles.add("validation " + name));
    titles.addAll(List.of("learning rate", "time"));
    html.openTable(titles);
    for (Placed placed : epochs) {
      Epoch epoch = placed.epoch;
      html.open("tr").element("th", placed.phase.title() + " " + epoch.number(), "scope", "row");
      measured(epoch.training(), losses, metrics);
      measured(epoch.validation(), losses, metrics);
      html.element("td", String.format(Locale.ROOT, "%.3g", epoch.learningRate()));
      html.element("td", String.format(Locale.ROOT, "%.1f s", epoch.seconds()));
      html.close("tr");
    }
    html.closeTable().close("details");
  }

  private void measured(@Nullable Measures measures, Set<String> losses, Set<String> metrics) {
    cell(measures == null ? null : measures.loss());
    losses.forEach(name -> cell(measures == null ? null : measures.losses().get(name)));
    metrics.forEach(name -> cell(measures == null ? null : measures.metrics().get(name)));
  }

  private void cell(@Nullable Double value) {
    html.element("td", value == null ? "-" : String.format(Locale.ROOT, "%.4f", value));
  }
}
