package dev.detent.runtime.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.runtime.data.Features;
import dev.detent.runtime.detection.Anchors;
import dev.detent.runtime.detection.Box;
import dev.detent.runtime.detection.Detection;
import dev.detent.runtime.detection.DetectionView;
import dev.detent.runtime.detection.Detector;
import dev.detent.runtime.detection.LabeledBox;
import dev.detent.runtime.report.Provenance;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoxSectionTest {
  private static final List<String> NAMES = List.of("background", "circle", "square<1>");
  private static final Box UPPER = new Box(0, 0, 0.5f, 0.5f);
  private static final Box LOWER = new Box(0.5f, 0.25f, 1, 0.75f);

  /** Half of the lower box lies outside. */
  private static final Box SHIFTED = new Box(0.75f, 0.25f, 1.25f, 0.75f);

  private static String page(List<LabeledBox> objects, Detection[]... found) {
    Picture picture = Picture.ofInput("input", Features.of(new float[1][8 * 8], 8, 8, 1), 0);
    List<String> forms = List.of("float", "int8");
    List<Boxed.Finding> findings =
        IntStream.range(0, found.length)
            .mapToObj(i -> new Boxed.Finding(forms.get(i), List.of(found[i])))
            .toList();
    return new Report(
            "title",
            "model",
            Map.of(),
            Provenance.current(Map.of()),
            List.of(),
            1,
            List.of(),
            null,
            "",
            List.of(),
            0,
            List.of(new Boxed("a & b", picture, objects, findings)),
            NAMES,
            0.5)
        .toHtml()
        .replaceAll("\n", "")
        .replace('\u00a0', ' ');
  }

  @Test
  void whatIsFoundIsToldOfEachObject() {
    String page =
        page(
            List.of(new LabeledBox(UPPER, 1), new LabeledBox(LOWER, 2)),
            new Detection[] {new Detection(UPPER, 1, 0.98f), new Detection(LOWER, 2, 0.7f)},
            new Detection[] {
              // Too far away, and of another class.
              new Detection(SHIFTED, 2, 0.9f),
              new Detection(UPPER, 1, 0.6f),
              new Detection(LOWER, 1, 0.55f)
            });

    assertThat(page)
        .contains("<a href=\"#boxes\">Boxes</a>")
        .contains("The first 1 test examples, as they come.")
        .contains("<p><b>1</b> circle: float 98 %, int8 60 %</p>")
        .contains(
            "<p><b>2</b> square&lt;1&gt;: float 70 %, int8 <span class=\"missed\">misses it</span>")
        .contains("int8 also sees square&lt;1&gt;, 90 %, 100 % down and 50 % right")
        .contains("int8 also sees circle, 55 %, 75 % down and 50 % right");
  }

  @Test
  void theDrawingHasEachBoxOnItsPicture() {
    String page =
        page(
            List.of(new LabeledBox(UPPER, 1)),
            new Detection[] {new Detection(UPPER, 1, 0.98f)},
            new Detection[] {new Detection(SHIFTED, 1, 0.9f)});

    assertThat(page)
        .contains(
            "<svg viewBox=\"0 0 8 8\" role=\"img\" aria-label=\"a &amp; b with the boxes of 1"
                + " objects and of what was found; they are told below\">")
        .contains("<image href=\"data:image/png;base64,")
        .contains(
            "<rect class=\"truth\" x=\"0.00\" y=\"0.00\" width=\"4.00\" height=\"4.00\"></rect>")
        .contains(
            "<rect class=\"first\" x=\"0.00\" y=\"0.00\" width=\"4.00\" height=\"4.00\"></rect>")
        // What reaches over the edge is drawn to the edge.
        .contains(
            "<rect class=\"last\" x=\"2.00\" y=\"6.00\" width=\"4.00\" height=\"2.00\"></rect>");
  }

  @Test
  void twoDetectionsOfAnObjectAreNotBothIts() {
    String page =
        page(
            List.of(new LabeledBox(UPPER, 1)),
            new Detection[] {new Detection(UPPER, 1, 0.98f), new Detection(UPPER, 1, 0.6f)});

    assertThat(page)
        .contains("<p><b>1</b> circle: float 98 %</p>")
        .contains("float also sees circle, 60 %");
  }

  @Test
  void aViewIsChecked() {
    Detector detector = Detector.of(Anchors.grid(2, 2, new Anchors.Shape(0.5, 0.5)));
    List<List<LabeledBox>> objects = List.of(List.of(new LabeledBox(UPPER, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetectionView.of(detector, "s", "b", objects, NAMES))
        .withMessage("example 0 has an object of class 3, and there are names for 0 to 2");
    DetectionView view = DetectionView.of(detector, "s", "b", List.of(), NAMES);
    assertThat(view.leastScore(0.25).leastScore()).isEqualTo(0.25);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view.leastScore(1.5))
        .withMessage("the least score to show is 1.5; it is from 0 to 1");
  }
}
