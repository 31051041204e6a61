package dev.detent.runtime.weights;

import static dev.detent.runtime.weights.ImportedModel.KERAS_LAYERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.Mode;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.internal.graph.Variables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of every kind of file arrive where they belong, bit for bit. */
class ImportWeightsTest {
  /** The model's own names, with Keras's batch norms apart. */
  private static final List<String> OWN_NAMES =
      List.of(
          "conv1",
          "conv1_bn",
          "conv2",
          "bn_conv2",
          "wide",
          "wide_batch_norm",
          "shortcut",
          "logits");

  @TempDir private Path folder;

  private ImportReport assertImports(Path file, ImportOptions options, TinyModel trained) {
    try (TinyModel model = ImportedModel.create(2)) {
      assertThat(ImportedModel.weights(model)).isNotEqualTo(ImportedModel.weights(trained));
      ImportReport report = model.importWeights(file, options);
      assertThat(report.isComplete()).isTrue();
      assertThat(report.matched()).hasSize(ImportedModel.weights(model).size());
      assertThat(ImportedModel.weights(model)).isEqualTo(ImportedModel.weights(trained));
      float[] image = ImportedModel.image(1);
      assertThat(model.predict(image)).isDeepEqualTo(trained.predict(image));
      return report;
    }
  }

  @Test
  void keras2ByOrder() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      Path file = WeightFixtures.kerasH5(folder.resolve("net.h5"), trained);
      ImportReport report = assertImports(file, ImportOptions.defaults(), trained);
      assertThat(report.kind()).isEqualTo("Keras HDF5");
      assertThat(report.way()).isEqualTo("by the layers' order");
      assertThat(report.toString())
          .startsWith("net.h5 (Keras HDF5) -> Tiny: 21 of 21 variables, by the layers' order\n")
          .containsPattern("conv2/gamma +\\[3\\] +batch_normalization_1/gamma:0")
          .containsPattern("wide/kernel +\\[3, 3, 3, 1\\] +depthwise_conv2d/depthwise_kernel:0")
          .containsPattern("shortcut/kernel .*listed elsewhere in the file")
          .doesNotContainPattern("\\n(conv|wide|logits).*listed elsewhere");
    }
  }

  @Test
  void keras2ByName() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      Path file = WeightFixtures.kerasH5(folder.resolve("net.h5"), trained, OWN_NAMES);
      ImportReport report = assertImports(file, ImportOptions.defaults(), trained);
      assertThat(report.way()).isEqualTo("by name");
    }
  }

  @Test
  void namesAreMappedWhereOrderMisleads() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      List<String> swapped = new ArrayList<>(KERAS_LAYERS);
      swapped.set(0, "late");
      swapped.set(1, "late_norm");
      Path file = WeightFixtures.kerasH5(folder.resolve("net.h5"), trained, swapped);
      assertImports(
          file,
          ImportOptions.byOrder()
              .map("conv1", "late", "late_norm")
              .map("conv2", "conv2d_1", "batch_normalization_1"),
          trained);
      try (TinyModel model = ImportedModel.create(2)) {
        model.importWeights(file, ImportOptions.defaults().map("conv2", "late", "late_norm"));
        assertThat(model.get("conv2/kernel")).isEqualTo(trained.get("conv1/kernel"));
        assertThat(model.get("conv2/moving_mean")).isEqualTo(trained.get("conv1/moving_mean"));
        assertThat(model.get("conv1/kernel")).isEqualTo(trained.get("conv2/kernel"));
      }
      try (TinyModel model = ImportedModel.create(2)) {
        assertThatThrownBy(
                () -> model.importWeights(file, ImportOptions.defaults().map("conv3", "late")))
            .isInstanceOf(WeightException.class)
            .hasMessageContaining("no layer 'conv3'")
            .hasMessageContaining("[shortcut, conv1, conv2, wide, logits]");
        assertThatThrownBy(
                () -> model.importWeights(file, ImportOptions.defaults().map("conv1", "lat")))
            .isInstanceOf(WeightException.class)
            .hasMessageContaining("no layer 'lat'")
            .hasMessageContaining("late_norm");
      }
    }
  }

  @Test
  void keras3WeightsAlone() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      Path file = WeightFixtures.keras3H5(folder.resolve("net.weights.h5"), trained);
      ImportReport report = assertImports(file, ImportOptions.defaults(), trained);
      assertThat(report.ignored()).containsOnlyKeys("optimizer", "layers/dropout/seed_generator");
    }
  }

  @Test
  void keras3ArchiveByOrderAndByName() throws IOException {
    try (TinyModel trained = ImportedModel.trained(1)) {
      List<String> others = IntStream.range(0, KERAS_LAYERS.size()).mapToObj(i -> "l" + i).toList();
      Path ordered = WeightFixtures.keras(folder.resolve("ordered.keras"), trained, others);
      assertThat(assertImports(ordered, ImportOptions.defaults(), trained).way())
          .isEqualTo("by the layers' order");
      Path named = WeightFixtures.keras(folder.resolve("named.keras"), trained, OWN_NAMES);
      ImportReport report = assertImports(named, ImportOptions.byName(), trained);
      assertThat(report.kind()).isEqualTo("Keras .keras");
    }
  }

  @Test
  void numPyOfGetWeights() throws IOException {
    try (TinyModel trained = ImportedModel.trained(1)) {
      assertImports(
          WeightFixtures.npz(folder.resolve("net.npz"), trained),
          ImportOptions.defaults(),
          trained);
    }
  }

  @Test
  void detentsOwnFile() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      trained.save(folder.resolve("net.npz"));
      ImportReport report =
          assertImports(folder.resolve("net.npz"), ImportOptions.defaults(), trained);
      assertThat(report.way()).isEqualTo("by name");
    }
  }

  @Test
  void tensorFlow1() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      Path prefix = folder.resolve("model.ckpt-7");
      TensorFlowFixtures.byName(prefix, trained, WeightFixtures.slimNames(trained));
      for (String name : List.of("model.ckpt-7", "model.ckpt-7.index")) {
        ImportReport report =
            assertImports(folder.resolve(name), ImportOptions.defaults(), trained);
        assertThat(report.kind()).isEqualTo("TensorFlow checkpoint");
        assertThat(report.way()).isEqualTo("by name");
        assertThat(report.ignored())
            .containsEntry("conv1/weights/Momentum", "the optimizer's")
            .containsEntry("global_step", "a counter of the training");
      }
    }
  }

  @Test
  void tensorFlow2() {
    try (TinyModel trained = ImportedModel.trained(1)) {
      Path prefix = TensorFlowFixtures.byObject(folder.resolve("ckpt-1"), trained);
      ImportReport report = assertImports(prefix, ImportOptions.defaults(), trained);
      assertThat(report.way()).isEqualTo("by the layers' order");
      assertThat(report.ignored())
          .hasSize(21 + 1)
          .containsKey("save_counter/.ATTRIBUTES/VARIABLE_VALUE");
    }
  }

  /** Ranges that are not taken over are no news for each. */
  @Test
  void rangesOfAnotherModelAreOneRow() throws IOException {
    try (TinyModel trained = ImportedModel.trained(1);
        TinyModel model = ImportedModel.create(2)) {
      trained.quantize(ImportedModel.images(20));
      Path file = folder.resolve("own.npz");
      trained.save(file);
      ImportReport report = model.importWeights(file, ImportOptions.defaults().partial());
      long ranges =
          model.variables().all().stream()
              .filter(variable -> variable.role() == Variables.Role.RANGE)
              .count();
      assertThat(report.ignored())
          .containsExactly(
              Map.entry(
                  ranges + " values of ranges",
                  "of the activations; quantize(calibration) finds those of this model"));
    }
  }

  @Test
  void rangesComeAlongOrAreForgotten() {
    try (TinyModel trained = ImportedModel.trained(1);
        TinyModel model = ImportedModel.create(2)) {
      trained.quantize(ImportedModel.images(20));
      Path own = trained.exportCheckpoint(folder.resolve("own"));
      model.importWeights(own);
      assertThat(model.mode()).isEqualTo(Mode.FLOAT);
      model.mode(Mode.QUANTIZED);
      float[] image = ImportedModel.image(3);
      assertThat(model.predict(image)).isDeepEqualTo(trained.predict(image));

      model.importWeights(WeightFixtures.kerasH5(folder.resolve("net.h5"), trained));
      assertThatThrownBy(() -> model.mode(Mode.QUANTIZED))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("quantize(calibration)");
    }
  }
}
