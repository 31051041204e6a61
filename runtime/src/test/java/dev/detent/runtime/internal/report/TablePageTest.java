package dev.detent.runtime.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablePageTest {
  @TempDir private Path folder;

  private static TablePage page() {
    return new TablePage("A <title>", "about", Provenance.current(Map.of()));
  }

  @Test
  void hasTablesAndCharts() throws IOException {
    TextTable table =
        TextTable.of("model", "size", "left").row("a&b", "1 KB", "POOL").row("c", null, null);
    Path file =
        page()
            .fact("seed", 1)
            .section("First", "a note")
            .beginCharts()
            .bars(
                "KB",
                List.of("a&b", "c"),
                List.of(
                    new TablePage.Bars("float", List.of(4.0, Double.NaN)),
                    new TablePage.Bars("int8", List.of(1.0, 2.0))))
            .endCharts()
            .section("Second", "")
            .hiddenTable("all", table)
            .write(folder.resolve("page.html"));

    String page = Files.readString(file).replaceAll("\n", "");
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<h1>A &lt;title&gt;</h1><p class=\"sub\">about</p>")
        .contains("<dt>seed</dt><dd>1</dd>")
        .contains("<a href=\"#part0\">First</a><a href=\"#part1\">Second</a>")
        .contains("<section id=\"part0\"><h2>First</h2><p class=\"note\">a note</p>")
        .contains("<section id=\"part1\"><h2>Second</h2><details><summary>all</summary>")
        .contains("<th scope=\"row\">a&amp;b</th><td>1 KB</td><td class=\"words\">POOL</td>")
        .contains("<th scope=\"row\">c</th><td>-</td><td class=\"words\">-</td>")
        .contains("{\"id\":\"chart0\",\"kind\":\"bars\",\"labels\":[\"a\\u0026b\",\"c\"],")
        .contains("Versions and machine")
        .endsWith("</body></html>");
    // Each element that is begun is ended.
    for (String tag : List.of("section", "table", "div", "details", "figure", "main")) {
      assertThat(page.split("<" + tag + "[ >]", -1))
          .as(tag)
          .hasSameSizeAs(page.split("</" + tag + ">", -1));
    }
  }

  @Test
  void withoutChartsThereAreNoScripts() throws IOException {
    Path file =
        page().section("One", "").table(TextTable.of("a").row("b")).write(folder.resolve("p.html"));

    assertThat(file).content().doesNotContain("<script");
  }

  @Test
  void barsNeedAValueForEachLabel() {
    TablePage page = page().section("One", "");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                page.bars("KB", List.of("a", "b"), List.of(new TablePage.Bars("x", List.of(1.0)))))
        .withMessage("bars of [a, b] cannot be [Bars[name=x, values=[1.0]]]");
  }
}
