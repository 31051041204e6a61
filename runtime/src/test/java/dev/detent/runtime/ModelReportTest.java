package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.exception.DetentException;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.train.TrainingException;
import dev.detent.runtime.verify.LatencyResult;
import dev.detent.runtime.verify.LayerError;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a model's report. */
class ModelReportTest {
  private static final Dataset TRAIN = SmallClassifier.data(320, 1);
  private static final Dataset TEST = SmallClassifier.data(400, 2);
  private static final Pattern SCRIPT = Pattern.compile("<script.*?</script>", Pattern.DOTALL);

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static TinyModel model;
  private static Verification verification;
  private static String page;

  @BeforeAll
  static void write() throws IOException {
    model = VerifiedModels.trained(TRAIN);
    model.fit(TRAIN, Fit.epochs(2).progress(Progress.Style.SILENT).validation(TEST));
    verification = model.verify(model.exportInt8(shared.resolve("int8.tflite")), TEST);
    Path file =
        model.report(
            shared.resolve("made/report.html"),
            TEST,
            ReportOptions.defaults().verification(verification));
    page = Files.readString(file);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String markup(String html) {
    return SCRIPT.matcher(html).replaceAll("");
  }

  @Test
  void figuresAreThoseOfTheVerification() {
    OutputResult.Quality quality = verification.output().quality();
    assertThat(page)
        .contains(row("float", format("%.2f %%", 100 * quality.floatGraph())))
        .contains(
            row("quantization-aware training", format("%.2f %%", 100 * quality.quantizedGraph())))
        .contains(row("int8 in TFLite, XNNPACK", format("%.2f %%", 100 * quality.xnnpack())))
        .contains(
            row("int8 in TFLite, built-in kernels", format("%.2f %%", 100 * quality.builtIn())))
        .contains(row("post-training quantization", ""))
        .contains(String.format(Locale.ROOT, "%,d bytes", verification.int8Bytes()))
        .contains(String.format(Locale.ROOT, "%,d bytes", verification.floatBytes()));
    for (LatencyResult latency : verification.latencies()) {
      assertThat(page)
          .contains(format("%.3f ms", latency.int8Millis()))
          .contains(format("%.3f ms", latency.floatMillis()));
    }
    for (LayerError layer : verification.layers()) {
      assertThat(page).contains(">" + layer.layer() + "</th>");
      if (Double.isFinite(layer.sqnrDb())) {
        assertThat(page).contains(format("%.1f dB", layer.sqnrDb()));
      }
    }
  }

  private static String row(String name, String start) {
    return "<th scope=\"row\">" + name + "</th>\n<td>" + start;
  }

  /** What is on the diagonal are the right answers of the file. */
  @Test
  void confusionMatrixHasTheAccuracyOfTheFile() {
    String matrix = page.substring(page.indexOf("<table class=\"matrix\">"));
    Matcher right =
        Pattern.compile("class=\"right[^>]*>(\\d+)<")
            .matcher(matrix.substring(0, matrix.indexOf("</table>")));
    long sum = right.results().mapToLong(cell -> Long.parseLong(cell.group(1))).sum();
    double accuracy = verification.output().quality().file(Kernels.XNNPACK);
    assertThat(sum).isEqualTo(Math.round(accuracy * TEST.size()));
  }

  /** The model ends in logits, which are no shares of anything. */
  @Test
  void answersThatAreNoProbabilitiesHaveNoPercent() throws IOException {
    String mistaken;
    try (TinyModel untrained = SmallClassifier.create(9)) {
      mistaken = Files.readString(untrained.report(folder.resolve("untrained.html"), TEST));
    }
    assertThat(mistaken)
        .containsPattern("<b>[0-9] \\([-0-9.e+]+\\) [✓✗]")
        .doesNotContainPattern("[0-9] %\\)");
  }

  @Test
  void curvesHaveBothTrainings() {
    assertThat(page)
        .contains("6 epochs in float")
        .contains("2 epochs in quantization-aware training")
        .contains("float 6</th>")
        .contains("QAT 2</th>");
  }

  @Test
  void rangesAreTheFilesOwn() {
    String ranges = page.substring(page.indexOf("id=\"ranges\""));
    for (String layer : List.of("image", "conv", "logits")) {
      assertThat(ranges).contains(row(layer, "["));
    }
    float scale = model.encoding(ActivationRange.learned("conv", 8)).scale();
    assertThat(ranges).contains(format("%.6g", scale));
  }

  @Test
  void loadsNothing() {
    assertThat(page).contains("content=\"default-src &#39;none&#39;;");
    Matcher address = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(markup(page));
    assertThat(address.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(target -> target.startsWith("#") || target.startsWith("data:image/"));
    assertThat(markup(page)).doesNotContain("http:", "https:", "@import", "url(");
    assertThat(page).doesNotContain("sourceMappingURL");
  }

  @Test
  void textIsEscaped() throws IOException {
    String evil = "<script>alert('x')</script>\"&";
    int[] classes = new int[TEST.size()];
    Arrays.setAll(classes, TEST.labels()::classAt);
    List<String> names = List.of(evil, "b<i>", "c", "d");
    Dataset named = new Dataset(TEST.features(), Targets.classes(classes, names));
    String written;
    try (TinyModel untrained = SmallClassifier.create(1)) { // which knows no names yet
      written =
          Files.readString(
              untrained.report(
                  folder.resolve("evil.html"),
                  named,
                  ReportOptions.defaults().title(evil).fact(evil, evil).shown(40)));
    }
    assertThat(written)
        .doesNotContain("alert('x')", "<i>")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;");
  }

  @Test
  void exportsAFileOfItsOwnWhereNoneIsGiven() throws IOException {
    String written = Files.readString(model.report(folder.resolve("own.html"), TEST));
    assertThat(written).contains("The file computes what was trained.");
    assertThat(folder).isDirectoryContaining("glob:**own.html");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFloatModelHasAReportToo() throws IOException {
    try (TinyModel untrained = SmallClassifier.create(1)) {
      String written = Files.readString(untrained.report(folder.resolve("float.html"), TEST));
      assertThat(written)
          .contains("The model is not quantized yet.")
          .contains("Confusion, float")
          .doesNotContain("id=\"layers\"", "id=\"ranges\"", "id=\"training\"");
    }
  }

  @Test
  void severalOutputsAreShownOneByOne() throws IOException {
    Examples examples = VerifiedModels.twoByTwo(120);
    try (TinyModel two = VerifiedModels.twoInTwoOut()) {
      two.quantize(examples);
      Verification verified =
          two.verify(
              two.exportInt8(folder.resolve("two.tflite")),
              examples,
              VerifyOptions.defaults().latencyRuns(0));
      String written =
          Files.readString(
              two.report(
                  folder.resolve("two.html"),
                  examples,
                  ReportOptions.defaults().verification(verified)));
      assertThat(written)
          .contains("Output kind", "Output size", "mean absolute error")
          .contains(format("%.6g", verified.output("size").quality().xnnpack()))
          .contains(format("%.2f %%", 100 * verified.output("kind").quality().xnnpack()));
    }
  }

  @Test
  void whatFailsLeavesThePageOfBefore() throws IOException {
    Path file = Files.writeString(folder.resolve("report.html"), "before");
    Dataset none = new Dataset(TEST.features().take(0), TEST.labels().take(0));
    assertThatThrownBy(() -> model.report(file, none)).isInstanceOf(TrainingException.class);
    assertThat(file).hasContent("before");
    assertThatThrownBy(() -> model.report(folder, TEST))
        .isInstanceOf(DetentException.class)
        .hasMessageContaining("is a folder");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void optionsCheckTheirNumbers() {
    assertThatThrownBy(() -> ReportOptions.defaults().shown(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-1 examples to show; at least 0 is needed");
  }

  /** Skipped where there is no Chromium. */
  @Test
  void browserDrawsAllChartsWithoutAnError() throws Exception {
    Optional<Path> browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(browser.isPresent(), "no Chromium is installed");
    Path log = folder.resolve("log.txt");
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=10000",
                "--dump-dom",
                shared.resolve("made/report.html").toUri().toString())
            .redirectError(log.toFile())
            .redirectOutput(dom.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    long canvases = Pattern.compile("<canvas").matcher(markup(page)).results().count();
    assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    assertThat(canvases).isGreaterThan(8);
    assertThat(Files.readString(dom)).contains("data-charts=\"" + canvases + "\"");
  }
}
