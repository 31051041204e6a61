package dev.detent.runtime.internal.report;

import dev.detent.runtime.report.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every page has around its content, so that it loads nothing and looks alike. */
final class Frame {
  /** The id of the section on versions. */
  static final String VERSIONS = "provenance";

  /** Nothing may be loaded, whatever a name or a label contains. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private final Html html;

  Frame(Html html) {
    this.html = html;
  }

  /** All before the content of the body. */
  void begin(String title) {
    html.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\">\n");
    html.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.open("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.open("style").raw(Charts.resource("page.css")).close("style");
    html.close("head").open("body");
  }

  /** Facts in columns. */
  void facts(Map<String, String> facts) {
    html.open("dl", "class", "facts");
    facts.forEach(
        (name, value) -> html.open("div").element("dt", name).element("dd", value).close("div"));
    html.close("dl");
  }

  /** A section on versions and the machine. */
  void versions(Provenance from) {
    html.open("section", "id", VERSIONS).element("h2", "Versions and machine");
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Written", from.date());
    rows.put("Detent", from.detent());
    rows.putAll(from.libraries());
    rows.put("Java", from.java());
    rows.put("System", from.os());
    rows.put("Processor", from.cpu() + ", " + from.cores() + " cores");
    facts(rows);
    html.close("section");
  }

  /** All behind the content of the body. */
  void end(Charts charts) {
    if (!charts.isEmpty()) {
      charts.writeScripts(html);
    }
    html.close("body").close("html");
  }
}
