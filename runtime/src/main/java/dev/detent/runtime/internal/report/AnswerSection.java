package dev.detent.runtime.internal.report;

import dev.detent.runtime.internal.report.OutputAnswers.Said;
import dev.detent.runtime.internal.report.OutputAnswers.Series;
import dev.detent.runtime.internal.report.OutputAnswers.Shown;
import dev.detent.runtime.report.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model answers: which classes it mixes up, and the examples that tell most. */
final class AnswerSection {
  /** Of more classes only what is mixed up most is shown. */
  private static final int MOST_IN_MATRIX = 20;

  private static final int MOST_MISTAKES = 15;
  private static final int MOST_CLASSES = 40;
  private static final int LONGEST_NAME = 28;

  private final Report report;
  private final Html html;
  private final Charts charts;

  AnswerSection(Report report, Html html, Charts charts) {
    this.report = report;
    this.html = html;
    this.charts = charts;
  }

  void write() {
    if (report.answers().isEmpty()) {
      return;
    }
    html.open("section", "id", "answers").element("h2", "Answers");
    for (OutputAnswers output : report.answers()) {
      if (report.answers().size() > 1) {
        html.element("h3", "Output " + output.output());
      }
      output(output);
    }
    html.close("section");
  }

  private void output(OutputAnswers output) {
    ConfusionMatrix inFloat = output.inFloat();
    if (inFloat != null) {
      ConfusionMatrix deployed = output.deployed();
      if (inFloat.classes() <= MOST_IN_MATRIX) {
        html.open("div", "class", "matrices");
        if (deployed != null) {
          matrix("Confusion, " + output.deployedName(), deployed);
        }
        matrix("Confusion, float", inFloat);
        html.close("div");
      } else {
        mistakes(output, deployed == null ? inFloat : deployed);
      }
      classes(inFloat, deployed);
    }
    if (output.qualities().size() > 1) {
      html.element("h3", "Changed by quantization");
      html.element("p", changedInWords(output), "class", "note");
      gallery(output.mostChanged());
    }
    html.element("h3", "Worst answers");
    html.element(
        "p",
        output.worst().isEmpty()
            ? "All answers of " + output.deployedName() + " are right."
            : "Where " + output.deployedName() + " is farthest from the target.",
        "class",
        "note");
    gallery(output.worst());
  }

  private String changedInWords(OutputAnswers output) {
    String compared =
        String.format(
            Locale.ROOT,
            "%,d of %,d examples get another answer from %s than from float.",
            output.changed(),
            report.examples(),
            output.deployedName());
    return output.mostChanged().isEmpty() ? compared : compared + " Those that differ most:";
  }

  // ---------------------------------------------------------------- classes

  private void matrix(String title, ConfusionMatrix confusion) {
    html.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "matrix");
    html.element("caption", title + ": rows are targets, columns answers");
    html.open("thead").open("tr").element("td", "");
    for (String name : confusion.names()) {
      html.open("th", "scope", "col").element("span", name).close("th");
    }
    html.close("tr").close("thead").open("tbody");
    for (int target = 0; target < confusion.classes(); target++) {
      html.open("tr").element("th", confusion.names().get(target), "scope", "row");
      for (int answer = 0; answer < confusion.classes(); answer++) {
        cell(confusion, target, answer);
      }
      html.close("tr");
    }
    html.closeTable();
  }

  /** The root makes rare mistakes visible beside what is right. */
  private void cell(ConfusionMatrix confusion, int target, int answer) {
    long count = confusion.count(target, answer);
    if (count == 0) {
      html.element("td", "·", "class", "none");
      return;
    }
    double share = (double) count / confusion.ofClass(target);
    double shown = target == answer ? share : Math.sqrt(share);
    html.element(
        "td",
        Long.toString(count),
        "class",
        (target == answer ? "right" : "wrong") + (shown > 0.5 ? " strong" : ""),
        "style",
        String.format(Locale.ROOT, "--share:%.0f%%", Math.max(6, 100 * shown)));
  }

  private void mistakes(OutputAnswers output, ConfusionMatrix confusion) {
    html.open("div", "class", "scroll", "tabindex", "0").open("table");
    html.element("caption", "Most frequent mistakes, " + output.deployedName());
    html.titles(List.of("target", "answer", "examples"));
    for (ConfusionMatrix.Mistake mistake : confusion.mistakes(MOST_MISTAKES)) {
      html.open("tr").element("th", confusion.names().get(mistake.target()), "scope", "row");
      html.element("td", confusion.names().get(mistake.answer()));
      html.element("td", Figures.count(mistake.count())).close("tr");
    }
    html.closeTable();
  }

  private void classes(ConfusionMatrix inFloat, @Nullable ConfusionMatrix deployed) {
    ConfusionMatrix shown = deployed == null ? inFloat : deployed;
    html.open("details").element("summary", "Precision, recall and F1 of each class");
    List<String> titles =
        new ArrayList<>(List.of("class", "examples", "precision", "recall", "F1"));
    if (deployed != null) {
      titles.add("F1 in float");
    }
    html.openTable(titles);
    int count = Math.min(MOST_CLASSES, shown.classes());
    for (int i = 0; i < count; i++) {
      html.open("tr").element("th", shown.names().get(i), "scope", "row");
      html.element("td", Figures.count(shown.ofClass(i)));
      html.element("td", Figures.percent(shown.precision(i)));
      html.element("td", Figures.percent(shown.recall(i)));
      html.element("td", Figures.percent(shown.f1(i)));
      if (deployed != null) {
        html.element("td", Figures.percent(inFloat.f1(i)));
      }
      html.close("tr");
    }
    html.closeTable();
    if (count < shown.classes()) {
      html.element("p", "The first " + count + " of " + shown.classes() + " classes.");
    }
    html.close("details");
  }

  // ---------------------------------------------------------------- examples

  private void gallery(List<Shown> examples) {
    if (examples.isEmpty()) {
      return;
    }
    html.open("ul", "class", "gallery");
    for (Shown example : examples) {
      html.open("li");
      if (!example.pictures().isEmpty()) {
        html.open("div", "class", "pictures");
        example.pictures().forEach(picture -> picture(example, picture));
        html.close("div");
      }
      example.series().forEach(this::curves);
      if (!example.target().isEmpty()) {
        html.open("p").text("target ").element("b", example.target()).close("p");
      }
      example.said().forEach(this::said);
      html.element("small", shortened(example.name())).close("li");
    }
    html.close("ul");
  }

  /** The end of a name, which is a file's own where all are of one folder. */
  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME
        ? name
        : "…" + name.substring(name.length() - LONGEST_NAME + 1);
  }

  private void picture(Shown example, Picture picture) {
    html.open("figure");
    html.open(
        "img",
        "src",
        picture.data(),
        "alt",
        picture.label() + " of " + example.name(),
        "width",
        Integer.toString(picture.width()),
        "height",
        Integer.toString(picture.height()));
    if (example.pictures().size() > 1) {
      html.element("figcaption", picture.label());
    }
    html.close("figure");
  }

  private void said(Said said) {
    Boolean isRight = said.isRight();
    String mark = isRight == null ? "" : isRight ? " ✓" : " ✗";
    String kind = isRight == null ? "said" : isRight ? "said right" : "said wrong";
    html.open("p", "class", kind).text(said.form() + " ");
    html.element("b", said.answer() + mark).close("p");
  }

  private void curves(Series series) {
    List<Charts.Curve> curves = new ArrayList<>();
    for (int channel = 0; channel < series.channels().size(); channel++) {
      List<Double[]> points = new ArrayList<>();
      float[] values = series.channels().get(channel);
      for (int i = 0; i < values.length; i++) {
        points.add(new Double[] {(double) i, (double) values[i]});
      }
      curves.add(
          new Charts.Curve(
              "channel " + channel, channel == 0 ? "accent" : "second", false, points));
    }
    charts.add(
        html,
        "series",
        series.label(),
        "A curve.",
        Map.of("curves", curves, "x", "", "marks", List.of()));
  }
}
