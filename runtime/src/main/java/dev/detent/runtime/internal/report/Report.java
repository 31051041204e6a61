package dev.detent.runtime.internal.report;

import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.verify.Verification;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a page shows.
 *
 * @param title of the page
 * @param model its name, for people
 * @param facts what the reader has to know, by name
 * @param provenance versions, machine and time
 * @param phases trainings, in order; empty if the model has forgotten them
 * @param examples how many were answered
 * @param answers of each output
 * @param verification of the deployed file; null if there is none
 * @param unverified why there is none; empty if there is one, or nothing was quantized
 * @param ranges of the layers that are quantized
 * @param rangeExamples over how many examples they were counted
 * @param boxes pictures with what the model finds in them; empty if it finds no boxes
 * @param boxNames of the classes of the boxes
 * @param leastScore of the boxes that are shown
 */
public record Report(
    String title,
    String model,
    Map<String, String> facts,
    Provenance provenance,
    List<Phase> phases,
    int examples,
    List<OutputAnswers> answers,
    @Nullable Verification verification,
    String unverified,
    List<LayerRange> ranges,
    int rangeExamples,
    List<Boxed> boxes,
    List<String> boxNames,
    double leastScore) {

  /** Copies lists and map, keeping their order. */
  public Report {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    phases = List.copyOf(phases);
    answers = List.copyOf(answers);
    ranges = List.copyOf(ranges);
    boxes = List.copyOf(boxes);
    boxNames = List.copyOf(boxNames);
  }

  /** The page. */
  public String toHtml() {
    return new Page(this).write();
  }
}
