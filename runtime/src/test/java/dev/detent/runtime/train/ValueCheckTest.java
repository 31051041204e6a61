package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are no numbers, and indices of no row, get nowhere. */
class ValueCheckTest {
  private static final ActivationRange LARGE = ActivationRange.learned("large", 8);
  private static final ActivationRange SMALL = ActivationRange.learned("small", 8);
  private static final int WORDS = 10;

  @TempDir private Path folder;

  private static Fit<Examples> quiet() {
    return Fit.epochs(1).progress(Progress.Style.SILENT);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
  }

  private static void refusedEverywhere(TinyModel model, Path file, Examples bad, String message) {
    refused(() -> model.fit(bad, quiet()), message);
    refused(() -> model.evaluate(bad), message);
    refused(() -> model.quantize(bad), message);
    refused(() -> model.verify(file, bad), message);
  }

  // ---------------------------------------------------------------- real numbers

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void inputsThatAreNoNumbersAreNamed(float bad) {
    float[][] images = new float[32][36];
    images[17][3 * 6 + 4] = bad;
    Dataset broken = new Dataset(Features.of(images, 6, 6, 1), Targets.classes(new int[32], 4));
    String value = "input 'image' has values that are no numbers: " + bad + " at [3, 4, 0]";
    Path file = folder.resolve("m.tflite");
    try (TinyModel model = SmallClassifier.create(5)) {
      model.quantize(SmallClassifier.data(8, 1));
      model.exportInt8(file);
      refusedEverywhere(model, file, broken, value + " of example 17; clean the data");
      refused(() -> model.predict(images[17]), value + "; clean the data");
      refused(() -> model.sensitivity(broken), value + " of example 17; clean the data");
    }
  }

  @Test
  void whatScalingAndAugmentationMakeIsChecked() {
    Dataset bytes =
        new Dataset(Features.bytes(new byte[2 * 36], 6, 6, 1), Targets.classes(new int[2], 4));
    Features floats = Features.of(new float[36], 6, 6, 1);
    Augmentation broken = (image, random) -> image.set(5, 0, 0, Float.NaN);
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThatCode(() -> model.evaluate(bytes.scaled(3e38f))).doesNotThrowAnyException();
      byte[] two = new byte[36];
      two[35] = 2;
      Dataset one = new Dataset(Features.bytes(two, 6, 6, 1), Targets.classes(new int[1], 4));
      refused(
          () -> model.evaluate(one.scaled(3e38f)),
          "input 'image' has values that are no numbers: Infinity at [5, 5, 0] of example 0;"
              + " clean the data");
      refused(
          () ->
              model.fit(
                  new Dataset(floats, Targets.classes(new int[1], 4)), quiet().augment(broken)),
          "input 'image' has values that are no numbers: NaN at [5, 0, 0] of example 0; clean the"
              + " data");
    }
  }

  /** The same model measures one set of data after the other, with the tensors that it has. */
  @Test
  void eachDataSetIsReadWithItsOwnScaleAndType() {
    byte[] pixels = new byte[36];
    Arrays.fill(pixels, (byte) 100);
    float[] values = new float[36];
    Arrays.fill(values, 100);
    Targets target = Targets.values(new float[1][36], 36);
    Features bytes = Features.bytes(pixels, 36);
    try (TinyModel model =
        new TinyModel(n -> n.output("y", n.reshape("y", n.input("x").output(36)).output(36)), 1)) {
      assertThat(model.evaluate(new Dataset(bytes, target)).loss()).isEqualTo(10_000);
      assertThat(model.evaluate(new Dataset(bytes.scaled(0.5f), target)).loss()).isEqualTo(2_500);
      assertThat(model.evaluate(new Dataset(bytes.scaled(0, 3), target)).loss()).isEqualTo(9);
      assertThat(model.evaluate(new Dataset(Features.of(values, 36), target)).loss())
          .isEqualTo(10_000);
    }
  }

  @Test
  void targetsThatAreNoNumbersAreNamed() {
    try (TinyModel model =
        new TinyModel(n -> n.output("y", n.reshape("y", n.input("x").output(4)).output(2, 2)), 1)) {
      float[][] targets = new float[3][4];
      targets[2][1] = Float.NaN;
      Dataset data = new Dataset(Features.of(new float[3][4], 4), Targets.values(targets, 2, 2));
      refused(
          () -> model.evaluate(data),
          "the target of output 'y' has values that are no numbers: NaN at [0, 1] of example 2;"
              + " clean the data, or take a loss and metrics that leave missing numbers out, as"
              + " Losses.maskedHuber(1, Double.NaN)");
      targets[2][1] = Float.POSITIVE_INFINITY;
      var masked = quiet().loss(Losses.maskedHuber(1, Double.NaN));
      assertThatThrownBy(() -> model.evaluate(data, masked))
          .as("missing is not infinite")
          .hasMessageContaining("Infinity at [0, 1] of example 2");
    }
  }

  // ---------------------------------------------------------------- indices

  /** Two tables read the same indices, of 30 rows and of 20. */
  private static TinyModel words() {
    return new TinyModel(ValueCheckTest::network, 3);
  }

  private static void network(NetworkBuilder n) {
    Tensor ids = n.indices("ids", WORDS);
    Tensor large =
        n.parameter("large").initializer(Initializer.RANDOM_UNIFORM).output(LARGE, 30, 4);
    Tensor small =
        n.parameter("small").initializer(Initializer.RANDOM_UNIFORM).output(SMALL, 20, 4);
    n.output("a", n.gather("a", large, ids).output(LARGE, WORDS, 4));
    n.output("b", n.gather("b", small, ids).output(SMALL, WORDS, 4));
  }

  private record Pair(Features ids) implements Examples {
    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public List<Features> inputs() {
      return List.of(ids);
    }

    @Override
    public List<Targets> targets() {
      Targets zeros = Targets.values(new float[size()][WORDS * 4], WORDS, 4);
      return List.of(zeros, zeros);
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 20", "29, 29", "1.5, 1.5", "-1, -1", "-0.25, -0.25", "3e9, 3.0E9"})
  void indicesOfNoRowAreNamed(float bad, String shown) {
    float[][] ids = new float[64][WORDS];
    ids[0][0] = 19;
    Path file = folder.resolve("w.tflite");
    try (TinyModel model = words()) {
      Pair good = new Pair(Features.of(ids, WORDS));
      model.fit(good, quiet());
      model.quantize(good);
      model.exportInt8(file);
      model.verify(file, good);
      ids[40][2] = bad;
      String text = "input 'ids' is " + shown + " at [2]";
      String needed = ", where whole numbers from 0 to 19 are needed";
      refusedEverywhere(model, file, good, text + " of example 40" + needed);
      refused(() -> model.predict(ids[40]), text + needed);
    }
  }

  @Test
  void bytesAreIndicesOnceScaled() {
    byte[] ids = new byte[2 * WORDS];
    ids[13] = 20;
    try (TinyModel model = words()) {
      Features features = Features.bytes(ids, WORDS);
      refused(
          () -> model.evaluate(new Pair(features)),
          "input 'ids' is 20 at [3] of example 1, where whole numbers from 0 to 19 are needed");
      assertThatCode(() -> model.evaluate(new Pair(features.scaled(0.5f))))
          .doesNotThrowAnyException();
      ids[13] = 19;
      assertThatCode(() -> model.evaluate(new Pair(features))).doesNotThrowAnyException();
      refused(
          () -> model.evaluate(new Pair(features.scaled(0.5f))),
          "input 'ids' is 9.5 at [3] of example 1, where whole numbers from 0 to 19 are needed");
    }
  }
}
