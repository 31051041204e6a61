package dev.detent.examples.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.TrainTest;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network trains on classes of pixels, and its file computes what was trained. */
class UNetTest {
  @Test
  void trainsAndExports(@TempDir Path folder) {
    TrainTest shapes = DrawnShapes.draw(200, 40, 1);
    try (UNetModel model = UNetModel.create(1)) {
      Fit<Examples> fit =
          Fit.epochs(4)
              .batchSize(20)
              .optimizer(Optimizers.adam(0.004))
              .progress(Progress.Style.SILENT);
      var history = model.fit(shapes.train(), fit);
      double first = history.epochs().get(0).training().loss();
      // 40 steps: the loss of seed 1 falls by a quarter.
      assertThat(history.last().training().loss()).isLessThan(0.85 * first);
      model.quantize(shapes.train());
      model.fit(shapes.train(), Fit.epochs(1).batchSize(20).progress(Progress.Style.SILENT));

      Path file = model.exportInt8(folder.resolve("unet.tflite"));

      assertThat(TfliteFile.info(file).operations().stream().map(OperationInfo::name))
          .isEqualTo(
              List.of(
                  "CONV_2D",
                  "CONV_2D",
                  "MAX_POOL_2D",
                  "CONV_2D",
                  "CONV_2D",
                  "MAX_POOL_2D",
                  "CONV_2D",
                  "CONV_2D",
                  "MAX_POOL_2D",
                  "CONV_2D",
                  "CONV_2D",
                  "TRANSPOSE_CONV",
                  "CONCATENATION",
                  "CONV_2D",
                  "CONV_2D",
                  "TRANSPOSE_CONV",
                  "CONCATENATION",
                  "CONV_2D",
                  "CONV_2D",
                  "TRANSPOSE_CONV",
                  "CONCATENATION",
                  "CONV_2D",
                  "CONV_2D",
                  "CONV_2D"));
      Verification verification =
          model.verify(file, shapes.test(), VerifyOptions.defaults().latencyRuns(0));
      assertThat(verification.findings()).as("%s", verification).isEmpty();
      // An answer is a pixel.
      assertThat(verification.output().builtIn().answers()).isEqualTo(40L * 48 * 48);
      double accuracy = verification.output().quality().quantizedGraph();
      assertThat(accuracy)
          .isCloseTo(
              model.evaluate(shapes.test()).accuracy(),
              // Both are the same argmax; the metric's mean is in float32.
              org.assertj.core.api.Assertions.within(1e-5));
    }
  }
}
