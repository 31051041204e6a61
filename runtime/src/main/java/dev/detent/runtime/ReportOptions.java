package dev.detent.runtime;

import dev.detent.runtime.detection.DetectionView;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a page of {@link DetentModel#report(Path, dev.detent.runtime.data.Examples, ReportOptions)}
 * shows, where the defaults are not what is wanted. Every call returns a changed copy.
 *
 * <pre>{@code
 * model.report(
 *     folder.resolve("report.html"),
 *     test,
 *     ReportOptions.defaults().title("Digits").fact("data", "MNIST").verification(verified));
 * }</pre>
 *
 * @param title of the page; empty for the model's name
 * @param facts that the reader should know, as the data's name and the seed, by name
 * @param file a quantized file that the model has exported; empty for one that is exported for the
 *     report alone
 * @param verification of a file, which saves a second one; empty to have the file verified
 * @param shown how many examples are shown of those that quantization changed, and of the worst; at
 *     least 0
 * @param layerExamples over how many examples layers are compared and ranges counted; at least 0
 * @param detections how answers become boxes, of which some examples are shown; empty for none
 */
public record ReportOptions(
    Optional<String> title,
    Map<String, String> facts,
    Optional<Path> file,
    Optional<Verification> verification,
    int shown,
    int layerExamples,
    Optional<DetectionView> detections) {

  /** Examples that are shown for each reason to show some, if nothing else is said: {@value}. */
  public static final int DEFAULT_SHOWN = 12;

  /** Copies the facts, keeping their order, and checks the numbers. */
  public ReportOptions {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    atLeast0(shown, "examples to show");
    atLeast0(layerExamples, "examples for the layers");
  }

  private static void atLeast0(int number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException(number + " " + what + "; at least 0 is needed");
    }
  }

  /** All that can be shown, of a file that is exported for it. */
  public static ReportOptions defaults() {
    return new ReportOptions(
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_SHOWN,
        VerifyOptions.DEFAULT_LAYER_EXAMPLES,
        Optional.empty());
  }

  /** The same with another title. */
  public ReportOptions title(String text) {
    return new ReportOptions(
        Optional.of(text), facts, file, verification, shown, layerExamples, detections);
  }

  /** The same with one more fact at the top of the page, as {@code fact("data", "MNIST")}. */
  public ReportOptions fact(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(Objects.requireNonNull(name, "name"), value.toString());
    return new ReportOptions(title, more, file, verification, shown, layerExamples, detections);
  }

  /** The same about a file that the model has exported, quantized; it is verified. */
  public ReportOptions file(Path exported) {
    return new ReportOptions(
        title, facts, Optional.of(exported), verification, shown, layerExamples, detections);
  }

  /** The same about a file that was verified with the test examples already. */
  public ReportOptions verification(Verification verified) {
    return new ReportOptions(
        title, facts, file, Optional.of(verified), shown, layerExamples, detections);
  }

  /** The same with so many examples shown for each reason to show some; 0 for none. */
  public ReportOptions shown(int examples) {
    return new ReportOptions(title, facts, file, verification, examples, layerExamples, detections);
  }

  /** The same with another number of examples for layers and ranges; 0 for neither. */
  public ReportOptions layerExamples(int examples) {
    return new ReportOptions(title, facts, file, verification, shown, examples, detections);
  }

  /**
   * The same with what the model finds drawn into the first test examples, as many as are
   * {@linkplain #shown() shown}.
   */
  public ReportOptions detections(DetectionView view) {
    return new ReportOptions(
        title, facts, file, verification, shown, layerExamples, Optional.of(view));
  }
}
