package dev.detent.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.detent.inference.Interpreter;
import dev.detent.inference.TfliteModel;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model of the zoo: its published size, and the whole way to a file that agrees. */
class ZooTest {
  @TempDir private Path folder;

  /**
   * A model.
   *
   * @param parameters as published, moving statistics of batch norm included
   * @param megaMacs multiply-accumulates of one example, in millions
   * @param operations of the int8 file: one for each layer that computes
   */
  private record Entry(
      String name,
      LongFunction<DetentModel<Dataset>> create,
      long parameters,
      double megaMacs,
      int operations) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Entry> zoo() {
    return Stream.of(
        // MLPerf Tiny's reference implementations; the published float file has 10 operations
        new Entry("Autoencoder", AutoencoderModel::create, 269_992, 0.264, 10),
        // the published file has 13 operations
        new Entry("DS-CNN", DsCnnModel::create, 24_908, 2.657, 13),
        // Keras Applications: 4,253,864; the paper: 569 million
        new Entry("MobileNet", MobileNetModel::create, 4_253_864, 568.7, 29),
        // Keras Applications: 3,538,984; the paper: 300 million
        new Entry("MobileNetV2", MobileNetV2Model::create, 3_538_984, 300.8, 64),
        new Entry("MobileNetV2Small", MobileNetV2SmallModel::create, 423_018, 4.748, 64),
        new Entry("MobileNetQuarter", MobileNetQuarterModel::create, 221_114, 3.331, 29),
        // torchvision: 11,689,512, and two moving statistics for each of 4,800 channels; 1.81
        // billion
        new Entry("ResNet-18", ResNet18Model::create, 11_689_512 + 2 * 4_800, 1_814, 31),
        // torchvision: 25,557,032, and 26,560 channels; 4.09 billion
        new Entry("ResNet-50", ResNet50Model::create, 25_557_032 + 2 * 26_560, 4_089, 72),
        // torchvision's squeezenet1_1: 1,235,496; 0.35 billion
        new Entry("SqueezeNet", SqueezeNetModel::create, 1_235_496, 349.2, 38),
        // timm's efficientnet_lite0: 4,652,008, and 21,008 channels; 0.39 billion
        new Entry(
            "EfficientNet-Lite0",
            EfficientNetLite0Model::create,
            4_652_008 + 2 * 21_008,
            385.2,
            60),
        // Keras Applications: 2,554,968; the paper: 56 million; behind each block's gate and each
        // hard-swish an operation of its own, and the gate is a MUL with an ADD
        new Entry("MobileNetV3-Small", MobileNetV3SmallModel::create, 2_554_968, 56.5, 117),
        // the same with an ADD and two MUL for each of 19 hard-swish
        new Entry(
            "MobileNetV3-Small-split",
            MobileNetV3SmallSplitModel::create,
            2_554_968,
            56.5,
            117 + 2 * 19),
        // the paper's figure 1 with padding, a channel in and two out: 31.0 million
        new Entry("U-Net", UNetModel::create, 31_030_658, 48_096, 31),
        new Entry("UNetSmall", UNetSmallModel::create, 485_682, 47.28, 31));
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void hasThePublishedSize(Entry entry) {
    try (DetentModel<Dataset> model = entry.create.apply(1)) {
      assertThat(model.spec().parameters()).isEqualTo(entry.parameters);
      // What is written above has three digits at least.
      assertThat(model.spec().multiplyAccumulates() / 1e6)
          .isCloseTo(entry.megaMacs, withPercentage(0.1));
    }
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void goesTheWholeWay(Entry entry) throws IOException {
    assumeFalse(entry.name.equals("U-Net"), "50 billion multiplications; UNetSmall stands for it");
    try (DetentModel<Dataset> model = entry.create.apply(1)) {
      SettledStatistics.of(model, folder);
      Dataset noise = noise(model.spec(), 4);
      // One step from random weights, which stay about where they are: the gradients of the deepest
      // models explode there.
      Dataset batch = noise.take(2);
      Fit<Examples> step =
          Fit.epochs(1)
              .batchSize(2)
              .optimizer(Optimizers.sgd(1e-30))
              .batchNormFreeze(1)
              .rangeWarmUp(1)
              .progress(Progress.Style.SILENT);
      assertThat(model.fit(batch, step).epochs()).hasSize(1);
      model.quantize(noise);
      model.fit(batch, step);
      Path file = model.exportInt8(folder.resolve("int8.tflite"));
      Path floating = model.exportFloat(folder.resolve("float.tflite"));
      assertThat(TfliteFile.info(file).operations())
          .hasSize(entry.operations)
          .extracting(OperationInfo::name)
          .doesNotContain("QUANTIZE", "DEQUANTIZE");
      assertThat(TfliteFile.info(floating).operations()).hasSize(entry.operations);
      Verification verification = model.verify(file, noise, new VerifyOptions(1, 0));
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
      computesTheSameInPlainJava(file);
    }
  }

  /** Every integer is that of the built-in kernels. */
  private static void computesTheSameInPlainJava(Path file) throws IOException {
    Interpreter plain = TfliteModel.load(file).interpreter();
    try (var interpreter = TfliteInterpreter.open(file, Kernels.BUILT_IN)) {
      byte[] input = new byte[plain.model().inputs().get(0).elements()];
      new Random(3).nextBytes(input);
      interpreter.setInput(0, input);
      plain.setInput(0, input);
      interpreter.invoke();
      plain.run();
      for (int i = 0; i < interpreter.outputs().size(); i++) {
        assertThat(plain.outputBytes(i)).isEqualTo(interpreter.outputBytes(i));
      }
    }
  }

  /** Boxes of four classes in noise: what they say is of no matter, that both are learned is. */
  @Test
  void detectorGoesTheWholeWay() {
    try (SsdLiteModel model = SsdLiteModel.create(1)) {
      int boxes = 540;
      Random random = new Random(3);
      byte[][] classes = new byte[4][boxes];
      float[][] offsets = new float[4][4 * boxes];
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < boxes; j++) {
          classes[i][j] = (byte) random.nextInt(5);
        }
        for (int j = 0; j < offsets[i].length; j++) {
          offsets[i][j] = random.nextFloat();
        }
      }
      var data =
          new SsdLiteModel.Data(
              Features.of(noise(model.spec().inputs().get(0), 4), 96, 96, 3),
              Targets.classMaps(
                  classes, List.of("none", "circle", "square", "triangle", "star"), boxes),
              Targets.values(offsets, boxes, 4));
      Fit<Examples> some = Fit.epochs(3).batchSize(2).progress(Progress.Style.SILENT);
      var training = model.fit(data, some).epochs();
      assertThat(training.get(2).training().loss()).isLessThan(training.get(0).training().loss());
      model.quantize(data);
      model.fit(data, some);

      Path file = model.exportInt8(folder.resolve("detector.tflite"));
      Verification verification = model.verify(file, data, new VerifyOptions(4, 0));
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
      assertThat(verification.output("scores").builtIn().answers()).isEqualTo(4 * boxes);
      assertThat(TfliteFile.info(file).operations())
          .extracting(OperationInfo::name)
          .doesNotContain("QUANTIZE", "DEQUANTIZE");
      assertThat(TfliteFile.check(file)).isEmpty();
    }
  }

  private static float[][] noise(ModelSpec.TensorSpec input, int count) {
    Random random = new Random(7);
    float[][] values = new float[count][input.elements()];
    for (float[] example : values) {
      for (int i = 0; i < example.length; i++) {
        example[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static Dataset noise(ModelSpec spec, int count) {
    ModelSpec.TensorSpec input = spec.inputs().get(0);
    float[][] values = noise(input, count);
    Features features = Features.of(values, input.dimensions());
    ModelSpec.TensorSpec output = spec.outputs().get(0);
    // The autoencoder reconstructs, and U-Net answers with an image; the others tell classes apart.
    return input.shape().equals(output.shape()) || output.shape().size() > 1
        ? new Dataset(
            features, Targets.values(new float[count][output.elements()], output.dimensions()))
        : new Dataset(features, Targets.classes(new int[] {0, 1, 2, 3}, output.elements()));
  }
}
