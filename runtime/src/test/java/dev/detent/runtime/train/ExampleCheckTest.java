package dev.detent.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.SmallClassifier;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.weights.WeightException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit is refused before anything is computed. */
class ExampleCheckTest {
  private static final List<String> NAMES = List.of("bird", "cat", "cow", "dog");
  private static final List<String> OTHER_ORDER = List.of("bird", "cow", "cat", "dog");

  @TempDir private Path folder;

  private static Dataset named(List<String> names) {
    Dataset data = SmallClassifier.data(32, 1);
    int[] classes = new int[data.size()];
    Arrays.setAll(classes, i -> data.labels().classAt(i) % names.size());
    return new Dataset(data.features(), Targets.classes(classes, names));
  }

  private static Fit<Examples> quiet() {
    return Fit.epochs(1).progress(Progress.Style.SILENT);
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(TrainingException.class).hasMessageContainingAll(parts);
  }

  // ---------------------------------------------------------------- names of classes

  @Test
  void validationWithOtherClassesIsRefusedBeforeTraining() {
    try (TinyModel model = SmallClassifier.create(1)) {
      float[][] before = model.predict(new float[36]);
      refused(
          () -> model.fit(named(NAMES), quiet().validation(named(OTHER_ORDER))),
          "output 'logits' was trained with the classes [bird, cat, cow, dog]",
          "the validation examples have [bird, cow, cat, dog]",
          "class 1 is 'cat' there and 'cow' here",
          "ImageFolder.classNames(names)");
      refused(
          () -> model.fit(named(NAMES), quiet().validation(named(List.of("cat", "cow", "dog")))),
          "have [cat, cow, dog]: class 0 is 'bird' there and 'cat' here");
      refused(
          () -> model.fit(named(NAMES), quiet().validation(named(List.of("bird", "cat", "cow")))),
          "class 3 is 'dog' there and none here");
      assertThat(model.predict(new float[36])).isEqualTo(before);
      // Nothing was trained, so nothing is known.
      assertThatCode(() -> model.evaluate(named(OTHER_ORDER))).doesNotThrowAnyException();
    }
  }

  @Test
  void theModelKnowsTheClassesOfItsTraining() {
    Path file = folder.resolve("weights.npz");
    Path exported = folder.resolve("m.tflite");
    try (TinyModel model = SmallClassifier.create(1)) {
      model.fit(named(NAMES), quiet().validation(named(NAMES)));
      model.quantize(named(OTHER_ORDER)); // reads no labels
      refusesOthers(model);
      model.exportInt8(exported);
      refused(() -> model.verify(exported, named(OTHER_ORDER)), "class 1 is 'cat' there");
      model.save(file);
    }
    try (TinyModel model = SmallClassifier.create(2)) {
      model.load(file);
      refusesOthers(model);
      model.importWeights(file);
      assertThatCode(() -> model.evaluate(named(OTHER_ORDER))).doesNotThrowAnyException();
      model.load(file);
      model.fit(named(OTHER_ORDER), quiet());
      refused(() -> model.evaluate(named(NAMES)), "class 1 is 'cow' there and 'cat' here");
    }
  }

  /** Mixup trains on shares of classes, which are still called something. */
  @Test
  void sharesOfClassesKeepTheirNames() {
    Dataset shares = named(NAMES).mapTarget(0, Targets::oneHot);
    assertThat(shares.labels().isClasses()).isFalse();
    assertThat(shares.labels().subset(1, 0).classNames()).isEqualTo(NAMES);
    assertThat(shares.labels().classCount()).isEqualTo(4);
    Targets numbers = Targets.values(new float[] {1}).oneHot();
    assertThat(numbers.hasClassNames()).isFalse();
    assertThatThrownBy(numbers::classNames).isInstanceOf(UnsupportedOperationException.class);
    Fit<Examples> fit = quiet().loss(Losses.categoricalCrossEntropy());
    try (TinyModel model = SmallClassifier.create(1)) {
      refused(
          () -> model.fit(shares, fit.validation(named(OTHER_ORDER))),
          "class 1 is 'cat' there and 'cow' here");
      model.fit(shares, fit.validation(named(NAMES)));
      refusesOthers(model);
    }
  }

  private static void refusesOthers(TinyModel model) {
    Dataset other = named(OTHER_ORDER);
    refused(() -> model.evaluate(other), "class 1 is 'cat' there and 'cow' here");
    refused(() -> model.sensitivity(other), "class 1 is 'cat' there and 'cow' here");
    refused(() -> model.activationSensitivity(other), "class 1 is 'cat' there and 'cow' here");
    assertThatCode(() -> model.evaluate(named(NAMES))).doesNotThrowAnyException();
  }

  @Test
  void damagedNamesAreNoNames() {
    assertThatThrownBy(() -> ClassNames.ofText("{\"y\":[null]}"))
        .hasMessage("the names of the classes are damaged: {\"y\":[null]}");
    assertThatThrownBy(() -> ClassNames.ofText("[1"))
        .hasMessage("the names of the classes are damaged: [1");
    assertThatCode(() -> assertThat(ClassNames.ofText(null)).isEmpty()).doesNotThrowAnyException();
    assertThatThrownBy(() -> SmallClassifier.create(1).load(folder.resolve("none")))
        .isInstanceOf(WeightException.class);
  }

  // ---------------------------------------------------------------- outputs and targets

  private static TinyModel echo(int... shape) {
    int[] flat = {Arrays.stream(shape).reduce(1, (a, b) -> a * b)};
    return new TinyModel(
        n -> n.output("y", n.reshape("y", n.input("x").output(flat)).output(shape)), 1);
  }

  private static void refusedEverywhere(
      int[] output, Targets targets, Fit<Examples> fit, String... parts) {
    int elements = Arrays.stream(output).reduce(1, (a, b) -> a * b);
    Dataset data = new Dataset(Features.of(new float[2][elements], elements), targets);
    try (TinyModel model = echo(output)) {
      refused(() -> model.fit(data, fit), parts);
      refused(() -> model.evaluate(data, fit), parts);
    }
  }

  @ParameterizedTest
  @CsvSource({"5", "11", "1", "2"})
  void anotherNumberOfClassesThanOutputsIsRefused(int classes) {
    for (Loss loss : List.of(Losses.categoricalCrossEntropy(), Losses.binaryCrossEntropy())) {
      refusedEverywhere(
          new int[] {10},
          Targets.classes(new int[2], classes),
          quiet().loss(loss),
          "output 'y' tells 10 classes apart, the examples have " + classes + " [0",
          "all 10 classes to Targets.classes");
    }
    refusedEverywhere(
        new int[] {2, 2, 10},
        Targets.classMaps(new byte[2][4], NAMES, 2, 2),
        quiet(),
        "output 'y' tells 10 classes apart, the examples have 4 [bird, cat, cow, dog]");
    refusedEverywhere(
        new int[] {1},
        Targets.classes(new int[2], 2),
        quiet(),
        "tells 1 classes apart",
        "for one probability give Targets.values of 0 and 1 and Losses.binaryCrossEntropy()");
  }

  @ParameterizedTest
  @CsvSource({
    "4 2, 2 4, 'shape [4, 2], the targets of the examples [2, 4]'",
    "8, 4 2, 'shape [8], the targets of the examples [4, 2]'",
    "4 2, 8, 'shape [4, 2], the targets of the examples [8]'",
    "8, 7, 'has 8 values, the targets 7: [8] against [7]'",
    "2, 1, 'has 2 values, the targets 1: [2] against [1]'",
    "3 2 4, 2 3 4, 'shape [3, 2, 4], the targets of the examples [2, 3, 4]'"
  })
  void numbersInOtherPlacesAreRefused(String output, String given, String message) {
    int[] shape = sizes(given);
    int width = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    for (Loss loss : List.of(Losses.meanSquaredError(), Losses.huber(1))) {
      refusedEverywhere(
          sizes(output), Targets.values(new float[2][width], shape), quiet().loss(loss), message);
    }
  }

  @Test
  void axesOfOneAreNoOtherPlaces() {
    Dataset data =
        new Dataset(Features.of(new float[2][6], 6), Targets.values(new float[2][6], 3, 2));
    try (TinyModel model = echo(1, 3, 2, 1)) {
      assertThat(model.evaluate(data).loss()).isEqualTo(0);
    }
  }

  @Test
  void whatIsAlwaysTheSameOfOneOutputIsNotMeasured() {
    Targets numbers = Targets.values(new float[] {0, 1});
    refusedEverywhere(
        new int[] {1},
        numbers,
        quiet().loss(Losses.categoricalCrossEntropy()),
        "output 'y': the cross-entropy of one class is always 0");
    refusedEverywhere(
        new int[] {1},
        numbers,
        quiet().metrics(Metrics.accuracy()),
        "output 'y': the accuracy of one class is always 1");
  }

  private static int[] sizes(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
