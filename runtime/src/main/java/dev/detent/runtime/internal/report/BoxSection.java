package dev.detent.runtime.internal.report;

import dev.detent.runtime.detection.Box;
import dev.detent.runtime.detection.Detection;
import dev.detent.runtime.detection.LabeledBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pictures with the boxes that are there and those that are found; beside them the same in words.
 */
final class BoxSection {
  /** Of a true box and the one that is found for it: the overlap that AP50 asks for. */
  private static final double LEAST_OVERLAP = 0.5;

  private static final String TRUE = "truth";
  private static final String GROUND = "ground";

  /** How the boxes of the first and the last form are drawn. */
  private static final List<String> KINDS = List.of("first", "last");

  /** Of the picture's height. */
  private static final double TEXT_SHARE = 0.12;

  private final Report report;
  private final Html html;

  BoxSection(Report report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    if (report.boxes().isEmpty()) {
      return;
    }
    html.open("section", "id", "boxes").element("h2", "Boxes");
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "The first %d test examples, as they come. Objects are numbered; what is found with a"
                + " score of %.0f %% or more is drawn, and counts for an object of its class where"
                + " their intersection is %.0f %% of their union.",
            report.boxes().size(),
            100 * report.leastScore(),
            100 * LEAST_OVERLAP),
        "class",
        "note");
    legend();
    html.open("ul", "class", "gallery boxes");
    report.boxes().forEach(this::example);
    html.close("ul").close("section");
  }

  private void legend() {
    html.open("p", "class", "legend");
    key(TRUE, "object");
    List<Boxed.Finding> found = report.boxes().get(0).found();
    for (int i = 0; i < found.size(); i++) {
      key(KINDS.get(i), found.get(i).form());
    }
    html.close("p");
  }

  private void key(String kind, String text) {
    html.open("span").open("svg", "viewBox", "0 0 40 16", "aria-hidden", "true");
    html.open("rect", "class", GROUND, "width", "40", "height", "16").close("rect");
    html.open("path", "class", kind, "d", "M4 8H36").close("path");
    html.close("svg").text(text).close("span");
  }

  private void example(Boxed example) {
    html.open("li");
    drawing(example);
    List<List<@Nullable Detection>> matched = new ArrayList<>();
    List<List<Detection>> others = new ArrayList<>();
    for (Boxed.Finding finding : example.found()) {
      List<Detection> left = new ArrayList<>(finding.detections());
      matched.add(match(example.objects(), left));
      others.add(left);
    }
    for (int i = 0; i < example.objects().size(); i++) {
      html.open("p").element("b", Integer.toString(i + 1));
      html.text(" " + name(example.objects().get(i).label()) + ": ");
      for (int form = 0; form < matched.size(); form++) {
        String end = form < matched.size() - 1 ? ", " : "";
        html.text(example.found().get(form).form() + " ");
        Detection found = matched.get(form).get(i);
        if (found == null) {
          html.element("span", "misses it" + end, "class", "missed");
        } else {
          html.text(percent(found) + end);
        }
      }
      html.close("p");
    }
    for (int form = 0; form < others.size(); form++) {
      for (Detection other : others.get(form)) {
        html.element(
            "p",
            "%s also sees %s, %s, %s"
                .formatted(
                    example.found().get(form).form(),
                    name(other.label()),
                    percent(other),
                    where(other.box())),
            "class",
            "missed");
      }
    }
    html.element("small", example.name()).close("li");
  }

  /**
   * For each object the surest detection of its class that overlaps it enough, and none twice;
   * these are taken out of the list.
   */
  private static List<@Nullable Detection> match(List<LabeledBox> objects, List<Detection> left) {
    List<@Nullable Detection> matched = new ArrayList<>();
    for (LabeledBox object : objects) {
      Detection found =
          left.stream()
              .filter(each -> each.label() == object.label())
              .filter(each -> each.box().iou(object.box()) >= LEAST_OVERLAP)
              .findFirst()
              .orElse(null);
      matched.add(found);
      if (found != null) {
        left.remove(found);
      }
    }
    return matched;
  }

  private void drawing(Boxed example) {
    int width = example.picture().width();
    int height = example.picture().height();
    html.open(
        "svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "role",
        "img",
        "aria-label",
        String.format(
            Locale.ROOT,
            "%s with the boxes of %d objects and of what was found; they are told below",
            example.name(),
            example.objects().size()));
    html.open(
            "image",
            "href",
            example.picture().data(),
            "width",
            Integer.toString(width),
            "height",
            Integer.toString(height))
        .close("image");
    // Light lines are seen on a dark ground only, which must not hide other lines.
    for (boolean isGround : List.of(true, false)) {
      for (LabeledBox object : example.objects()) {
        rectangle(isGround ? GROUND : TRUE, object.box(), width, height);
      }
      for (int form = 0; form < example.found().size(); form++) {
        for (Detection detection : example.found().get(form).detections()) {
          rectangle(isGround ? GROUND : KINDS.get(form), detection.box(), width, height);
        }
      }
    }
    double size = TEXT_SHARE * height;
    for (int i = 0; i < example.objects().size(); i++) {
      Box box = example.objects().get(i).box().clipped();
      html.open(
          "text",
          "x",
          decimal(box.left() * width + size / 4),
          "y",
          decimal(box.top() * height + size),
          "font-size",
          decimal(size));
      html.text(Integer.toString(i + 1)).close("text");
    }
    html.close("svg");
  }

  private void rectangle(String kind, Box whole, int width, int height) {
    Box box = whole.clipped();
    html.open(
            "rect",
            "class",
            kind,
            "x",
            decimal(box.left() * width),
            "y",
            decimal(box.top() * height),
            "width",
            decimal(box.width() * width),
            "height",
            decimal(box.height() * height))
        .close("rect");
  }

  private String name(int label) {
    return label < report.boxNames().size() ? report.boxNames().get(label) : "class " + label;
  }

  private static String percent(Detection detection) {
    return String.format(Locale.ROOT, "%.0f\u00a0%%", 100 * detection.score());
  }

  private static String where(Box box) {
    return String.format(
        Locale.ROOT,
        "%.0f\u00a0%% down and %.0f\u00a0%% right",
        100 * box.centerY(),
        100 * box.centerX());
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
