package dev.detent.examples;

import dev.detent.examples.cifar.InceptionModel;
import dev.detent.examples.cifar.MobileNetV3Model;
import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.examples.cifar.VisionTransformerModel;
import dev.detent.examples.digits.DigitsModel;
import dev.detent.examples.digits.DrawnDigits;
import dev.detent.examples.segmentation.DrawnShapes;
import dev.detent.examples.segmentation.UNetModel;
import dev.detent.examples.spoken.SpokenCnnModel;
import dev.detent.examples.spoken.SpokenLstmModel;
import dev.detent.examples.zoo.DsCnnDigitsModel;
import dev.detent.examples.zoo.MobileNetQuarterModel;
import dev.detent.examples.zoo.MobileNetV2SmallModel;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Idx;
import dev.detent.runtime.train.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import picocli.CommandLine.ParameterException;

/**
 * A model that is trained, quantized and deployed, on data of its own or of the command line.
 *
 * @param name of the command
 * @param what in a sentence, without the data
 * @param data what it learns from
 * @param recipe how
 * @param create makes the model from a seed
 * @param second what is measured beside the accuracy; or null
 */
record Training(
    String name,
    String what,
    Data data,
    Recipe recipe,
    LongFunction<DetentModel<Dataset>> create,
    FileMetric second) {

  /** From -1 to 1: there is no batch norm that would take pixels as they are. */
  private static final float PIXEL_SCALE = 1 / 127.5f;

  /** Drawn digits to train on, and to test with. */
  private static final int DIGITS_TRAIN = 10_000;

  private static final int DIGITS_TEST = 2_000;

  /** Drawn shapes to train on, and to test with. */
  private static final int SHAPES_TRAIN = 4_000;

  private static final int SHAPES_TEST = 1_000;

  private static final Data PHOTOGRAPHS =
      new Data(
          "CIFAR-10",
          "cifar10",
          "--data has CIFAR-10 as 'train' and 'test', each a folder or a zip of class/image.jpg.",
          Data.Need.REQUIRED,
          Photographs::load);

  /** Every training, in the order in which commands and tables list them: one line, one row. */
  static final List<Training> ALL =
      List.of(
          new Training(
              "digits",
              "A small convolutional network for handwritten digits.",
              new Data(
                  "MNIST",
                  "mnist-10k",
                  "Without --data it learns from digits that it draws itself; with --data from"
                      + " MNIST's four IDX files (train-images-idx3-ubyte and so on, gzipped or"
                      + " not).",
                  Data.Need.OPTIONAL,
                  Training::digits),
              new Recipe(5, 2, 32, Optimizers.adam(4e-3), null),
              DigitsModel::create,
              null),
          photographs(
              "resnet8",
              "MLPerf Tiny's ResNet-8 for photographs of 32 by 32 pixels in ten classes.",
              PHOTOGRAPHS,
              new Recipe(30, 15, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION),
              ResNet8Model::create),
          photographs(
              "inception",
              "A small network of branches and concatenations, for photographs of 32 by 32 pixels"
                  + " in ten classes.",
              PHOTOGRAPHS,
              new Recipe(20, 4, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION),
              InceptionModel::create),
          photographs(
              "mobilenet-v1",
              "MobileNetV1 at a quarter of its width, for photographs of 32 by 32 pixels in ten"
                  + " classes.",
              PHOTOGRAPHS,
              new Recipe(16, 6, 64, Optimizers.adam(3e-3), Photographs.AUGMENTATION),
              MobileNetQuarterModel::create),
          photographs(
              "mobilenet-v2",
              "MobileNetV2 of width 0.35, for photographs of 32 by 32 pixels in ten classes.",
              PHOTOGRAPHS,
              new Recipe(12, 4, 64, Optimizers.adam(3e-3), Photographs.AUGMENTATION),
              MobileNetV2SmallModel::create),
          photographs(
              "mobilenet-v3",
              "A small MobileNetV3 (squeeze-and-excitation, hard-swish) for photographs of 32 by 32"
                  + " pixels in ten classes.",
              PHOTOGRAPHS,
              new Recipe(10, 4, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION),
              MobileNetV3Model::create),
          photographs(
              "vit",
              "A small vision transformer for photographs of 32 by 32 pixels in ten classes.",
              PHOTOGRAPHS.scaled(PIXEL_SCALE, -1),
              new Recipe(12, 3, 64, Optimizers.adam(1e-3), Photographs.AUGMENTATION),
              VisionTransformerModel::create),
          unet(SHAPES_TRAIN, SHAPES_TEST),
          new Training(
              "ds-cnn",
              "MLPerf Tiny's DS-CNN over the cepstral coefficients of spoken digits.",
              speech(Speech::coefficients),
              new Recipe(20, 6, 32, Optimizers.adam(2e-3), null),
              DsCnnDigitsModel::create,
              null),
          new Training(
              "spoken-cnn",
              "Convolutions over the log-mel spectrograms of spoken digits.",
              speech(Speech::spectrograms),
              new Recipe(16, 4, 32, Optimizers.adam(2e-3), null),
              SpokenCnnModel::create,
              null),
          new Training(
              "spoken-lstm",
              "A long short-term memory over the log-mel spectrograms of spoken digits.",
              speech(Speech::longSpectrograms),
              new Recipe(16, 2, 32, Optimizers.adam(3e-3), null),
              SpokenLstmModel::create,
              null));

  /**
   * Where examples come from.
   *
   * @param title for people
   * @param folder its usual name below a folder of data sets
   * @param how the sentence on {@code --data}
   * @param need whether there must be a folder
   * @param source reads or draws
   */
  record Data(String title, String folder, String how, Need need, Source source) {
    /** Whether {@code --data} must be given. */
    enum Need {
      /** It must. */
      REQUIRED,
      /** Without it examples are drawn. */
      OPTIONAL,
      /** It must not: examples are drawn. */
      NONE
    }

    Data scaled(float scale, float offset) {
      return new Data(
          title, folder, how, need, (path, seed) -> source.load(path, seed).scaled(scale, offset));
    }
  }

  /** Reads or draws examples. */
  interface Source {
    /**
     * The examples.
     *
     * @param folder an existing one; empty only where none is required
     * @param seed of all that is random
     */
    Split load(Optional<Path> folder, long seed);
  }

  /**
   * That a command line has the data that this needs, and none where it needs none.
   *
   * @throws ParameterException if it has not
   */
  void checkData(CommonOptions options) {
    if (data.need() == Data.Need.REQUIRED) {
      options.requireData();
    } else if (data.need() == Data.Need.NONE) {
      options.refuseData(name);
    }
  }

  /** On so many images that it draws. */
  static Training unet(int drawnTrain, int drawnTest) {
    return new Training(
        "unet",
        "A small U-Net that says of each pixel whether it shows a circle, a rectangle, a triangle"
            + " or the background.",
        new Data(
            "drawn shapes",
            "",
            "It learns from images that it draws itself and takes no --data.",
            Data.Need.NONE,
            (folder, seed) -> Split.of(DrawnShapes.draw(drawnTrain, drawnTest, seed), seed)),
        new Recipe(15, 4, 32, Optimizers.adam(4e-3), null),
        UNetModel::create,
        new MeanIou());
  }

  private static Training photographs(
      String name,
      String what,
      Data data,
      Recipe recipe,
      LongFunction<DetentModel<Dataset>> create) {
    return new Training(name, what, data, recipe, create, null);
  }

  private static Data speech(Source source) {
    return new Data(
        "spoken digits",
        "spoken-digits",
        "--data has DIGIT_SPEAKER_INDEX.wav at 8 kHz, below it or in recordings.zip; indices below"
            + " 15 are for the test, 15 to 19 for validation.",
        Data.Need.REQUIRED,
        source);
  }

  private static Split digits(Optional<Path> folder, long seed) {
    return Split.of(
        folder
            .map(path -> Idx.read(path).scaled(1f / 255))
            .orElseGet(() -> DrawnDigits.draw(DIGITS_TRAIN, DIGITS_TEST, seed)),
        seed);
  }
}
