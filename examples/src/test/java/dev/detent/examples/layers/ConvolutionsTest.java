package dev.detent.examples.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.TfliteFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each network is trained, quantized, fine-tuned and exported, and its file is looked into. */
class ConvolutionsTest {
  private static final int EXAMPLES = 48;

  @TempDir private Path folder;
  private final Random random = new Random(1);

  @Test
  void sequenceStaysAnImageBetweenOneDimensionalLayers() {
    try (var model = Convolutions_SequenceModel.create(1)) {
      TfliteModelInfo info = deployed(model, new Dataset(features(32, 3), classes(4)));
      assertThat(operations(info))
          .containsExactly(
              "RESHAPE",
              "CONV_2D",
              "CONV_2D",
              "ADD",
              "MAX_POOL_2D",
              "DEPTHWISE_CONV_2D",
              "CONV_2D",
              "AVERAGE_POOL_2D",
              "MUL",
              "ADD",
              "RESHAPE",
              "MEAN",
              "REDUCE_MAX",
              "RESHAPE",
              "CONCATENATION",
              "FULLY_CONNECTED");
      // Kernels of one row; the layers keep their names.
      assertThat(tensor(info, "stem").shape()).containsExactly(1, 1, 16, 8);
      assertThat(tensor(info, "stem/kernel").shape()).containsExactly(8, 1, 5, 3);
      assertThat(model.spec().parameters())
          .isEqualTo(
              (5 * 3 * 8 + 8 + 4 * 8)
                  + (3 * 8 * 8 + 8)
                  + (3 * 16 + 16 * 12 + 12 + 4 * 12)
                  + 4 * 12
                  + (24 * 4 + 4));
    }
  }

  @Test
  void imagesAreEnlargedAndSplitAsTfliteDoes() {
    try (var model = Convolutions_ImagesModel.create(1)) {
      TfliteModelInfo info =
          deployed(
              model,
              new Convolutions_ImagesModel.Data(
                  features(12, 12, 4), values(13, 7, 1), values(12, 12, 3), classes(2)));
      assertThat(operations(info))
          .containsExactly(
              "CONV_2D",
              "DEPTHWISE_CONV_2D",
              "CONV_2D",
              "DEPTHWISE_CONV_2D",
              "TRANSPOSE_CONV",
              "REDUCE_MAX",
              "FULLY_CONNECTED",
              "TRANSPOSE_CONV",
              "FULLY_CONNECTED",
              "FULLY_CONNECTED");
      assertThat(tensor(info, "grouped/kernel").shape()).containsExactly(8, 3, 3, 2);
      assertThat(tensor(info, "wide/kernel").shape()).containsExactly(6, 3, 3, 24);
      assertThat(tensor(info, "wide/kernel").scales()).hasSize(6);
      assertThat(tensor(info, "separable/depthwise").scale())
          .isNotEqualTo(tensor(info, "separable").scale());
    }
  }

  @Test
  void sharedWeightsHaveOneScaleAndEachUseItsOwnBiasScale() {
    try (var model = Convolutions_SiameseModel.create(1)) {
      Features left = features(8, 8, 1);
      Features right = scaled(3, 8, 8, 1);
      TfliteModelInfo info =
          deployed(model, new Convolutions_SiameseModel.Data(left, right, classes(2)));
      for (String layer : List.of("Conv", "Separable/depthwise", "Separable", "Features")) {
        TensorInfo ofLeft = tensor(info, "left" + layer + "/kernel");
        TensorInfo ofRight = tensor(info, "right" + layer + "/kernel");
        assertThat(ofRight.scales()).isEqualTo(ofLeft.scales());
        assertThat(tensor(info, "right" + layer + "/bias").scales())
            .isNotEqualTo(tensor(info, "left" + layer + "/bias").scales());
      }
      for (String layer : List.of("Conv", "Separable/depthwise", "Separable")) {
        assertThat(tensor(info, "right" + layer).scale())
            .isNotEqualTo(tensor(info, "left" + layer).scale());
      }
      assertThat(model.spec().parameters())
          .isEqualTo((9 * 6 + 6 + 4 * 6) + (9 * 6 + 6 * 8 + 8) + (8 * 5 + 5) + (10 * 2 + 2));
    }
  }

  @Test
  void batchNormsAreFoldedWhereThatIsExact() {
    try (var model = Convolutions_NormsModel.create(1)) {
      TfliteModelInfo info = deployed(model, new Dataset(features(6, 6, 3), classes(3)));
      assertThat(operations(info))
          .containsExactly(
              "CONV_2D",
              "CONV_2D",
              "RESHAPE",
              "RESHAPE",
              "CONV_2D",
              "PAD",
              "MUL",
              "ADD",
              "MUL",
              "ADD",
              "RESHAPE",
              "FULLY_CONNECTED",
              "FULLY_CONNECTED");
    }
  }

  /**
   * Trained in both ways, exported and verified: every output is at least as near to the built-in
   * kernels as XNNPACK is to them on the same file, and every layer has its scale in the file.
   */
  private <D extends Examples> TfliteModelInfo deployed(DetentModel<D> model, D data) {
    Fit<Examples> fit = Fit.epochs(2).batchSize(16).progress(Progress.Style.SILENT);
    assertThat(model.fit(data, fit).last().training().loss()).isFinite();
    model.quantize(data);
    assertThat(model.fit(data, fit).last().training().loss()).isFinite();
    Path file = model.exportInt8(folder.resolve("model.tflite"));
    var verification = model.verify(file, data);
    for (OutputResult output : verification.outputs()) {
      assertThat(output.builtIn().equalShare())
          .as("%s", output)
          .isGreaterThanOrEqualTo(output.betweenKernels().equalShare());
    }
    model.exportFloat(folder.resolve("float.tflite"));
    return TfliteFile.info(file);
  }

  private static List<String> operations(TfliteModelInfo info) {
    return info.operations().stream().map(OperationInfo::name).toList();
  }

  private static TensorInfo tensor(TfliteModelInfo info, String name) {
    return info.tensor(name).orElseThrow();
  }

  private Features features(int... shape) {
    return scaled(1, shape);
  }

  private Features scaled(double deviation, int... shape) {
    return Features.of(random(deviation, shape), shape);
  }

  private float[][] random(double deviation, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[][] values = new float[EXAMPLES][size];
    for (float[] example : values) {
      for (int i = 0; i < size; i++) {
        example[i] = (float) (deviation * random.nextGaussian());
      }
    }
    return values;
  }

  private Targets values(int... shape) {
    return Targets.values(random(1, shape), shape);
  }

  private Targets classes(int count) {
    int[] classes = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      classes[i] = random.nextInt(count);
    }
    return Targets.classes(classes, count);
  }
}
