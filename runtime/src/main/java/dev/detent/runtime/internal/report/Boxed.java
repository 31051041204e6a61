package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.detection.Detection;
import dev.detent.runtime.detection.DetectionView;
import dev.detent.runtime.detection.LabeledBox;
import dev.detent.runtime.internal.graph.PassGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture with the objects in it, and what two forms of a model find there.
 *
 * @param name of the example
 * @param picture what the model sees
 * @param objects what is there
 * @param found by each form, those of enough score, the surest first
 */
public record Boxed(String name, Picture picture, List<LabeledBox> objects, List<Finding> found) {

  /** Copies the lists. */
  public Boxed {
    objects = List.copyOf(objects);
    found = List.copyOf(found);
  }

  /**
   * What a form finds.
   *
   * @param form its short name
   * @param detections the surest first
   */
  public record Finding(String form, List<Detection> detections) {
    /** Copies the list. */
    public Finding {
      detections = List.copyOf(detections);
    }
  }

  /**
   * Has the first examples answered.
   *
   * @param pass one of the model's, for names and shapes
   * @param examples that fit
   * @param forms the first and the last of which are asked
   * @param view how answers become detections
   * @param most of the examples
   * @throws IllegalArgumentException if the view does not fit model or examples
   */
  public static List<Boxed> of(
      PassGraph pass, Examples examples, List<Form> forms, DetectionView view, int most) {
    int scores = output(pass, view.scores());
    int boxes = output(pass, view.boxes());
    if (view.objects().size() != examples.size()) {
      throw new IllegalArgumentException(
          "detections are to be shown of %d pictures, and there are %d examples"
              .formatted(view.objects().size(), examples.size()));
    }
    Features pictures = examples.inputs().get(0);
    if (!Picture.fits(pictures.shape())) {
      throw new IllegalArgumentException(
          "detections cannot be shown: the examples, of shape "
              + Arrays.toString(pictures.shape())
              + ", are no pictures");
    }
    List<Form> asked =
        forms.size() == 1 ? forms : List.of(forms.get(0), forms.get(forms.size() - 1));
    List<Boxed> all = new ArrayList<>();
    new Answers(pass, examples, asked)
        .run(
            IntStream.range(0, Math.min(most, examples.size())).toArray(),
            (example, batch, position, answers) -> {
              List<Finding> found = new ArrayList<>();
              for (int i = 0; i < asked.size(); i++) {
                float[][] answer = answers.get(i);
                found.add(
                    new Finding(
                        asked.get(i).brief(),
                        view.detector().detect(answer[scores], answer[boxes]).stream()
                            .filter(each -> each.score() >= view.leastScore())
                            .toList()));
              }
              all.add(
                  new Boxed(
                      pictures.name(example),
                      Picture.ofInput("input", pictures, example),
                      view.objects().get(example),
                      found));
            });
    return all;
  }

  private static int output(PassGraph pass, String name) {
    List<String> names = List.copyOf(pass.outputs().keySet());
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "detections are to be made of the output '%s'; the outputs are %s"
              .formatted(name, String.join(", ", names)));
    }
    return names.indexOf(name);
  }
}
