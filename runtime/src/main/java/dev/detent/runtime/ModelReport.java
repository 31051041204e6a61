package dev.detent.runtime;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.detection.DetectionView;
import dev.detent.runtime.exception.DetentException;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.report.AnswerComparison;
import dev.detent.runtime.internal.report.Boxed;
import dev.detent.runtime.internal.report.Form;
import dev.detent.runtime.internal.report.Forms;
import dev.detent.runtime.internal.report.LayerRange;
import dev.detent.runtime.internal.report.OutputAnswers;
import dev.detent.runtime.internal.report.Report;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.train.SomeExamples;
import dev.detent.runtime.verify.FileAnswers;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has everything measured that a page shows, and writes it. */
final class ModelReport<D extends Examples> {
  private final DetentModel<D> model;
  private final Baseline baseline;
  private final Fitted fitted;
  private final Map<String, Encoding> grids;
  private final D test;
  private final ReportOptions options;

  /**
   * A report of a model as it is.
   *
   * @param grids the scale and zero point of each quantized tensor; empty if there are no ranges
   * @param test that fit the model, at least one
   */
  ModelReport(
      DetentModel<D> model,
      Baseline baseline,
      Fitted fitted,
      Map<String, Encoding> grids,
      D test,
      ReportOptions options) {
    this.model = model;
    this.baseline = baseline;
    this.fitted = fitted;
    this.grids = grids;
    this.test = test;
    this.options = options;
  }

  Path write(Path page) {
    try {
      Path file = options.file().or(this::verifiedFile).orElse(null);
      boolean isDeployable = !grids.isEmpty() && model.spec().simulatedScheme().isEmpty();
      if (file != null || !isDeployable || options.verification().isPresent()) {
        return write(page, file, "");
      }
      return writeWithOwnFile(page);
    } catch (IOException e) {
      throw new DetentException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The file that the given verification is of, if it is still there. */
  private Optional<Path> verifiedFile() {
    return options.verification().map(given -> Path.of(given.file())).filter(Files::isRegularFile);
  }

  private Path writeWithOwnFile(Path page) throws IOException {
    Path folder = Files.createTempDirectory("detent-report");
    Path file = folder.resolve(model.spec().name() + ".tflite");
    try {
      String unverified = "";
      try {
        model.exportInt8(file);
      } catch (TfliteException e) {
        unverified = "There is no file to look at: " + e.getMessage();
      }
      return write(page, unverified.isEmpty() ? file : null, unverified);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private Path write(Path page, @Nullable Path file, String unverified) throws IOException {
    Verification verification = options.verification().orElse(null);
    if (verification == null && file != null) {
      verification =
          model.verify(file, test, VerifyOptions.defaults().layerExamples(options.layerExamples()));
    }
    int rangeExamples = Math.min(options.layerExamples(), test.size());
    List<LayerRange> ranges =
        rangeExamples == 0 || grids.isEmpty()
            ? List.of()
            : LayerRange.measure(
                model.modelGraph(), grids, SomeExamples.spread(test, rangeExamples));
    Answered answered = answered(file);
    String html =
        new Report(
                options.title().orElse(model.spec().name()),
                modelInWords(),
                options.facts(),
                Provenance.current(Versions.libraries()),
                fitted.phases(),
                test.size(),
                answered.outputs,
                verification,
                unverified.isEmpty() && grids.isEmpty()
                    ? "The model is not quantized yet."
                    : unverified,
                ranges,
                rangeExamples,
                answered.boxes,
                options.detections().map(DetectionView::names).orElse(List.of()),
                options.detections().map(DetectionView::leastScore).orElse(0.0))
            .toHtml();
    return AtomicFiles.write(page, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  /** What all forms of the model answer, and what they find. */
  private record Answered(List<OutputAnswers> outputs, List<Boxed> boxes) {}

  private Answered answered(@Nullable Path file) {
    ModelGraph graph = model.modelGraph();
    List<Form> forms = new ArrayList<>();
    try (ModelGraph before = baseline.beforeFineTuning()) {
      ModelGraph inFloat = before == null ? graph : before;
      forms.add(Form.ofGraph(Forms.FLOAT, "float", inFloat, Pass.FLOAT));
      if (before != null && fitted.restoreRanges(before)) {
        forms.add(Form.ofGraph(Forms.POST_TRAINING, "PTQ", before, Pass.QUANTIZED));
      }
      if (!grids.isEmpty()) {
        String name = before == null ? Forms.POST_TRAINING : Forms.QAT;
        forms.add(Form.ofGraph(name, before == null ? "PTQ" : "QAT", graph, Pass.QUANTIZED));
      }
      if (file == null) {
        return compared(forms);
      }
      try (FileAnswers answers =
          new FileAnswers(file, model.spec().name(), graph, grids, Kernels.XNNPACK)) {
        forms.add(Form.ofFile(Forms.FILE, "int8", answers));
        return compared(forms);
      }
    }
  }

  private Answered compared(List<Form> forms) {
    PassGraph pass = model.modelGraph().pass(Pass.FLOAT);
    return new Answered(
        AnswerComparison.of(pass, test, forms, options.shown()),
        options
            .detections()
            .map(view -> Boxed.of(pass, test, forms, view, options.shown()))
            .orElse(List.of()));
  }

  private String modelInWords() {
    ModelSpec spec = model.spec();
    return String.format(
        Locale.ROOT,
        "%s: %s -> %s, %,d parameters, %,d multiply-accumulates",
        spec.name(),
        named(spec.inputs()),
        named(spec.outputs()),
        spec.parameters(),
        spec.multiplyAccumulates());
  }

  private static String named(List<ModelSpec.TensorSpec> tensors) {
    return tensors.stream().map(ModelSpec.TensorSpec::toString).collect(Collectors.joining(", "));
  }
}
