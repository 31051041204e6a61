package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.detent.examples.detection.DrawnScenes;
import dev.detent.examples.detection.ShapeDetector;
import dev.detent.examples.detection.ShapeDetectorModel;
import dev.detent.runtime.ReportOptions;
import dev.detent.runtime.detection.DetectionView;
import dev.detent.runtime.detection.Detector;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.verify.TfliteFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DetectorCommandTest {
  @TempDir private Path out;

  @Test
  void goesTheWholeWay() throws IOException {
    StringWriter printed = new StringWriter();
    int exitCode =
        new CommandLine(new DetectorCommand(160, 16))
            .setOut(new PrintWriter(printed, true))
            .execute("--out=" + out, "--epochs=2", "--qat-epochs=1");

    assertThat(exitCode).isZero();
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    JsonObject results = report.getAsJsonObject("results");
    assertThat(results.keySet())
        .containsExactly(
            "float",
            "post-training quantization",
            "quantization-aware training",
            "int8 in TFLite, XNNPACK",
            "int8 in TFLite, built-in kernels");
    for (String name : results.keySet()) {
      JsonObject row = results.getAsJsonObject(name);
      assertThat(row.get("ap50").getAsDouble()).isBetween(0.0, 1.0);
      assertThat(row.get("map").getAsDouble()).isBetween(0.0, row.get("ap50").getAsDouble());
      assertThat(printed.toString()).contains(name);
    }
    // The file against its graph, on 16 images of which each detection that differs counts.
    assertThat(ap50(results, "int8 in TFLite, built-in kernels"))
        .isCloseTo(ap50(results, "quantization-aware training"), within(0.05));
    var epochs = report.getAsJsonArray("floatTraining");
    assertThat(epochs).hasSize(2);
    assertThat(loss(epochs.get(1).getAsJsonObject()))
        .isLessThan(loss(epochs.get(0).getAsJsonObject()));
    assertThat(out.resolve("report.html"))
        .content()
        .contains("<h1>ssd</h1>", "mAP / AP50, float", "Output scores", "Output boxes")
        .contains("The first 12 test examples, as they come.", "<svg viewBox=\"0 0 48 48\"")
        .containsPattern("<b>1</b>\\s+(circle|rectangle|triangle): float ");
    TfliteModelInfo file = TfliteFile.info(out.resolve("ssd.tflite"));
    assertThat(file.outputs()).hasSize(2);
    assertThat(file.tensors().get(file.outputs().get(0)).type()).isEqualTo(ValueType.INT8);
  }

  private static double ap50(JsonObject results, String name) {
    return results.getAsJsonObject(name).get("ap50").getAsDouble();
  }

  private static double loss(JsonObject epoch) {
    return epoch.getAsJsonObject("training").get("loss").getAsDouble();
  }

  @Test
  void boxesOfAnotherModelAreNotDrawn() {
    DrawnScenes scenes = DrawnScenes.draw(4, 1);
    Detector detector = Detector.of(ShapeDetector.ANCHORS);
    List<String> names = DrawnScenes.CLASSES;
    try (ShapeDetectorModel model = ShapeDetectorModel.create(1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  report(
                      model,
                      scenes,
                      DetectionView.of(detector, "score", "boxes", scenes.objects(), names)))
          .withMessage(
              "detections are to be made of the output 'score'; the outputs are scores, boxes");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  report(
                      model,
                      scenes,
                      DetectionView.of(
                          detector, "scores", "boxes", scenes.objects().subList(0, 3), names)))
          .withMessage("detections are to be shown of 3 pictures, and there are 4 examples");
    }
  }

  private void report(ShapeDetectorModel model, DrawnScenes scenes, DetectionView view) {
    model.report(
        out.resolve("page.html"), scenes.data(), ReportOptions.defaults().detections(view));
  }

  @Test
  void dataOfOnesOwnAreOfNoUse() {
    CommandLineRun run = CommandLineRun.of("ssd", "--data=" + out);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--data is of no use: ssd draws its images itself");
  }
}
