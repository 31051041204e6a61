package dev.detent.runtime.internal.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.detent.runtime.exception.DetentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a page: figures that {@code page.js} hands to Chart.js, which is chosen because it
 * is the most used library of its kind, has the MIT licence, is one file of 200 KB, and draws
 * lines, bars and logarithmic axes without being told more than the figures.
 */
final class Charts {
  private static final String WEB_JARS = "/META-INF/resources/webjars/";

  /** Its HTML escaping makes the text safe inside of a script element. */
  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  private final List<Map<String, Object>> all = new ArrayList<>();

  /**
   * A curve of a line chart, or the bars of one colour.
   *
   * @param name in the legend
   * @param color one of page.css
   * @param dashed whether its line is
   * @param points x and y; a null y ends the line, which begins anew after it
   */
  record Curve(String name, String color, boolean dashed, List<@Nullable Double[]> points) {}

  /**
   * A figure with a chart.
   *
   * @param kind which {@code page.js} knows
   * @param title above it
   * @param says what is to be seen, for those that cannot
   * @param figures what the kind wants
   */
  void add(Html html, String kind, String title, String says, Map<String, Object> figures) {
    add(html, kind, title, "", says, figures);
  }

  /** The same with a line below the title. */
  void add(
      Html html, String kind, String title, String note, String says, Map<String, Object> figures) {
    String id = "chart" + all.size();
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("id", id);
    chart.put("kind", kind);
    chart.putAll(figures);
    all.add(chart);
    html.open("figure", "class", "chart " + kind);
    html.open("figcaption").text(title);
    if (!note.isEmpty()) {
      html.element("small", note);
    }
    html.close("figcaption");
    html.open("div", "class", "canvas", "style", "--rows:" + figures.getOrDefault("rows", 0));
    html.open("canvas", "id", id, "role", "img", "aria-label", title + ". " + says);
    html.text(says).close("canvas").close("div").close("figure");
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The scripts that draw them. */
  void writeScripts(Html html) {
    html.open("script", "type", "application/json", "id", "charts");
    html.raw(GSON.toJson(all)).close("script");
    Properties versions = versions();
    script(html, webJar(versions, "chart.js", "chart.umd.min.js"));
    script(html, webJar(versions, "chartjs-plugin-annotation", "chartjs-plugin-annotation.min.js"));
    script(html, resource("page.js"));
  }

  private static void script(Html html, String code) {
    if (code.contains("</script")) {
      throw new AssertionError("a library ends the element that it is in");
    }
    // Maps for debuggers are files of their own, which are not there.
    html.open("script").raw(code.replaceAll("(?m)^//# sourceMappingURL=.*$", "")).close("script");
  }

  private static String webJar(Properties versions, String library, String file) {
    return resource(WEB_JARS + library + "/" + versions.getProperty(library) + "/dist/" + file);
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = Charts.class.getResourceAsStream("libraries.properties")) {
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new DetentException("libraries.properties cannot be read: " + e.getMessage(), e);
    }
  }

  /** A text of the class path. */
  static String resource(String name) {
    try (InputStream in = Charts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new DetentException("a report needs " + name + ", which is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DetentException(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
