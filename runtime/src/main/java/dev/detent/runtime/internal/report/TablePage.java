package dev.detent.runtime.internal.report;

import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of tables and bars, on several models or on what is not a model: the frame, the charts and
 * the looks are those of a model's report.
 */
public final class TablePage {
  /** Of the bars of one chart, in their order. */
  private static final List<String> COLORS = List.of("accent", "second", "good");

  private final String title;
  private final String about;
  private final Provenance provenance;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<String> sections = new ArrayList<>();
  private final Html body = new Html();
  private final Charts charts = new Charts();

  /**
   * A page without content.
   *
   * @param title above it
   * @param about what it is about, in a sentence
   * @param provenance versions, machine and time
   */
  public TablePage(String title, String about, Provenance provenance) {
    this.title = title;
    this.about = about;
    this.provenance = provenance;
  }

  /**
   * The bars of one colour.
   *
   * @param name in the legend
   * @param values one for each label; NaN leaves it out
   */
  public record Bars(String name, List<Double> values) {
    /** Copies the list. */
    public Bars {
      values = List.copyOf(values);
    }
  }

  /** Adds what the reader has to know, for the top of the page. */
  public TablePage fact(String name, Object value) {
    facts.put(name, value.toString());
    return this;
  }

  /**
   * Begins a section, which what is added next belongs to.
   *
   * @param note what is to be known of it; or empty
   */
  public TablePage section(String heading, String note) {
    endSection();
    body.open("section", "id", id(sections.size())).element("h2", heading);
    sections.add(heading);
    if (!note.isEmpty()) {
      body.element("p", note, "class", "note");
    }
    return this;
  }

  /** Adds a table. */
  public TablePage table(TextTable table) {
    body.openTable(
        table.columns(), column -> table.isNumeric(column) || column == 0 ? "" : "words");
    for (List<String> row : table.rows()) {
      body.open("tr").element("th", row.get(0), "scope", "row");
      for (int column = 1; column < row.size(); column++) {
        if (table.isNumeric(column)) {
          body.element("td", row.get(column));
        } else {
          body.element("td", row.get(column), "class", "words");
        }
      }
      body.close("tr");
    }
    body.closeTable();
    return this;
  }

  /** Adds a table that is seen when it is asked for. */
  public TablePage hiddenTable(String summary, TextTable table) {
    body.open("details").element("summary", summary);
    table(table);
    body.close("details");
    return this;
  }

  /**
   * Begins charts that stand side by side where there is room; {@link #endCharts} ends them.
   * Between the two come {@link #bars} only.
   */
  public TablePage beginCharts() {
    body.open("div", "class", "grid");
    return this;
  }

  /** Ends what {@link #beginCharts} begins. */
  public TablePage endCharts() {
    body.close("div");
    return this;
  }

  /**
   * Adds bars, whose figures a table has to have too.
   *
   * @param heading with the unit
   * @param labels of the bars, from above
   * @param bars of each label, at most three
   * @throws IllegalArgumentException if there are no labels, or not as many values
   */
  public TablePage bars(String heading, List<String> labels, List<Bars> bars) {
    if (labels.isEmpty()
        || bars.isEmpty()
        || bars.size() > COLORS.size()
        || bars.stream().anyMatch(each -> each.values.size() != labels.size())) {
      throw new IllegalArgumentException("bars of " + labels + " cannot be " + bars);
    }
    List<Map<String, Object>> series = new ArrayList<>();
    for (Bars each : bars) {
      series.add(
          Map.of(
              "name", each.name,
              "color", COLORS.get(series.size()),
              "values", each.values));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("labels", labels);
    figures.put("series", series);
    figures.put("rows", labels.size() * (1 + bars.size()) / 2.0);
    charts.add(body, "bars", heading, "A table of this section has the figures.", figures);
    return this;
  }

  /**
   * Writes the page.
   *
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path write(Path file) throws IOException {
    endSection();
    Html html = new Html();
    Frame frame = new Frame(html);
    frame.begin(title);
    html.open("header").element("h1", title).element("p", about, "class", "sub");
    if (!facts.isEmpty()) {
      frame.facts(facts);
    }
    html.open("nav", "aria-label", "Parts");
    for (int i = 0; i < sections.size(); i++) {
      html.element("a", sections.get(i), "href", "#" + id(i));
    }
    html.element("a", "Versions", "href", "#" + Frame.VERSIONS).close("nav").close("header");
    html.open("main").raw(body.toString());
    frame.versions(provenance);
    html.close("main");
    frame.end(charts);
    return AtomicFiles.write(
        file, out -> out.write(html.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void endSection() {
    if (!sections.isEmpty()) {
      body.close("section");
    }
  }

  private static String id(int section) {
    return "part" + section;
  }
}
