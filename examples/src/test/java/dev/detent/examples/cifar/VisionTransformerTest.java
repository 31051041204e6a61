package dev.detent.examples.cifar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transformer trains, and its file computes what was trained. */
class VisionTransformerTest {
  private static final int CLASSES = 10;
  private static final int SIDE = 32;

  /** Of one head's way into a layer of its own, from the input of the attention on. */
  private static final List<String> ATTENTION =
      List.of(
          "FULLY_CONNECTED",
          "RESHAPE",
          "TRANSPOSE",
          "FULLY_CONNECTED",
          "RESHAPE",
          "TRANSPOSE",
          "FULLY_CONNECTED",
          "RESHAPE",
          "TRANSPOSE",
          "BATCH_MATMUL",
          "SOFTMAX",
          "BATCH_MATMUL",
          "TRANSPOSE",
          "RESHAPE",
          "FULLY_CONNECTED");

  private static final List<String> NORM = List.of("MEAN", "SUB", "L2_NORMALIZATION", "MUL", "ADD");

  /** Noise with a stripe whose row is the class. */
  private static Dataset stripes(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIDE * SIDE * 3];
    int[] classes = new int[count];
    int row = SIDE * 3;
    for (int i = 0; i < count; i++) {
      classes[i] = random.nextInt(CLASSES);
      int start = i * SIDE * row;
      for (int j = 0; j < SIDE * row; j++) {
        boolean isStripe = j / row / 3 == classes[i];
        pixels[start + j] = (byte) (random.nextInt(100) + (isStripe ? 120 : 0));
      }
    }
    return new Dataset(
        Features.bytes(pixels, SIDE, SIDE, 3).scaled(1 / 127.5f, -1),
        Targets.classes(classes, CLASSES));
  }

  @Test
  void trainsAndExports(@TempDir Path folder) {
    Dataset train = stripes(320, 1);
    Dataset test = stripes(100, 2);
    try (VisionTransformerModel model = VisionTransformerModel.create(1)) {
      Fit<Examples> fit =
          Fit.epochs(5)
              .batchSize(32)
              .optimizer(Optimizers.adam(0.002))
              .progress(Progress.Style.SILENT);
      var history = model.fit(train, fit);
      double first = history.epochs().get(0).training().loss();
      assertThat(history.last().training().loss()).isLessThan(0.6 * first);
      model.quantize(train);
      model.fit(train, Fit.epochs(1).batchSize(32).progress(Progress.Style.SILENT));
      Path file = model.exportInt8(folder.resolve("vit.tflite"));
      assertThat(names(file)).isEqualTo(wanted());
      Verification verification = model.verify(file, test, VerifyOptions.defaults().latencyRuns(0));
      assertThat(verification.findings()).as("%s", verification).isEmpty();
    }
  }

  /** Nothing but what the layers say: no requantization, and no border. */
  private static List<String> wanted() {
    List<String> names = new ArrayList<>(List.of("CONV_2D", "RESHAPE", "ADD"));
    for (int block = 0; block < 2; block++) {
      names.addAll(NORM);
      names.addAll(ATTENTION);
      names.add("ADD");
      names.addAll(NORM);
      names.addAll(List.of("FULLY_CONNECTED", "FULLY_CONNECTED", "ADD"));
    }
    names.addAll(NORM);
    names.addAll(List.of("RESHAPE", "MEAN", "FULLY_CONNECTED"));
    return names;
  }

  private static List<String> names(Path file) {
    return TfliteFile.info(file).operations().stream().map(OperationInfo::name).toList();
  }
}
