package dev.detent.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.TinyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that do not fit or are damaged: a clear error, and the model is as it was. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadWeightsTest {
  @TempDir private Path folder;

  private static TinyModel trained;
  private static TinyModel model;
  private static Map<String, List<Float>> before;

  @BeforeAll
  static void create() {
    trained = ImportedModel.trained(1);
    model = ImportedModel.create(2);
    before = ImportedModel.weights(model);
  }

  @AfterAll
  static void close() {
    trained.close();
    model.close();
  }

  @AfterEach
  void nothingWasImported() {
    assertThat(ImportedModel.weights(model)).isEqualTo(before);
  }

  private void assertRefused(Path file, String... reasons) {
    assertThatThrownBy(() -> model.importWeights(file))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining(file.getFileName().toString())
        .satisfies(thrown -> assertThat(List.of(reasons)).allMatch(thrown.getMessage()::contains));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void missingOrOfAnotherKind() throws IOException {
    assertRefused(folder.resolve("none.h5"), "there is no such file");
    assertRefused(write("empty.h5", new byte[0]), "it is empty");
    assertRefused(
        write("text.h5", "weights".getBytes(StandardCharsets.UTF_8)),
        "no file of weights that Detent knows",
        ".keras");
    Path zip = folder.resolve("other.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      WeightFixtures.put(out, "readme.txt", new byte[3]);
    }
    assertRefused(zip, "neither Keras's model.weights.h5 nor NumPy arrays");
    assertRefused(Files.createDirectory(folder.resolve("folder")), "neither a SavedModel");
    Path frozen = Files.createDirectory(folder.resolve("frozen"));
    Files.write(frozen.resolve("saved_model.pb"), new byte[0]);
    assertRefused(frozen, "a SavedModel without variables");
  }

  @Test
  void hdf5OfSomethingElse() {
    Path file = folder.resolve("other.h5");
    try (var hdf5 = io.jhdf.HdfFile.write(file)) {
      hdf5.putGroup("climate").putDataset("rain", new float[] {1, 2});
    }
    assertRefused(file, "it is HDF5, but not of Keras", "[climate]");
  }

  @Test
  void layersThatTheFileDoesNotHave() {
    Path file = folder.resolve("short.h5");
    WeightFixtures.kerasH5(file, trained, ImportedModel.KERAS_LAYERS.subList(0, 7));
    assertRefused(
        file,
        "19 of 21 variables",
        "Nothing was imported",
        "logits/kernel",
        "the file has no further kernel",
        "ImportOptions.partial()");
  }

  @Test
  void layersThatTheModelDoesNotHave() {
    Path npz = folder.resolve("more.npz");
    trained.save(npz);
    Path more = folder.resolve("more2.npz");
    try (var in = new java.util.zip.ZipFile(npz.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(more))) {
      for (var entry : java.util.Collections.list(in.entries())) {
        WeightFixtures.put(out, entry.getName(), in.getInputStream(entry).readAllBytes());
      }
      WeightFixtures.put(
          out, "head/kernel.npy", WeightFixtures.npy(new int[] {4, 2}, new float[8]));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertRefused(
        more,
        "21 of 21 variables",
        "1 arrays of the file left over",
        "head/kernel",
        "the model has no kernel of this shape");
  }

  @Test
  void partlyIfThatIsAskedFor() {
    Path file = folder.resolve("part.h5");
    WeightFixtures.kerasH5(file, trained, ImportedModel.KERAS_LAYERS.subList(0, 2));
    try (TinyModel other = ImportedModel.create(2)) {
      ImportReport report = other.importWeights(file, ImportOptions.byOrder().partial());
      assertThat(report.isComplete()).isFalse();
      assertThat(report.matched()).hasSize(6);
      assertThat(report.missing()).hasSize(15);
      assertThat(other.get("conv1/kernel")).isEqualTo(trained.get("conv1/kernel"));
      assertThat(other.get("conv2/kernel")).isEqualTo(model.get("conv2/kernel"));
      assertThat(report.toString()).contains("not in the file", "conv2/kernel");
    }
  }

  @Test
  void numbersThatAreNone() {
    try (TinyModel broken = ImportedModel.trained(1)) {
      float[] kernel = broken.get("conv2/kernel");
      kernel[17] = Float.NaN;
      broken.set("conv2/kernel", kernel);
      assertRefused(
          WeightFixtures.kerasH5(folder.resolve("nan.h5"), broken),
          "'conv2d_1/kernel:0' holds NaN at position 17 of 81",
          "earlier checkpoint");
      broken.set("conv2/kernel", trained.get("conv2/kernel"));
      broken.set("wide/moving_variance", 1, -2, 3);
      assertRefused(
          WeightFixtures.kerasH5(folder.resolve("variance.h5"), broken),
          "is a variance and holds -2.0 at position 1");
    }
  }

  @Test
  void arraysWhoseMeaningCannotBeTold() throws IOException {
    Path file = folder.resolve("unnamed.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      WeightFixtures.put(
          zip, "arr_0.npy", WeightFixtures.npy(new int[] {3, 3, 3, 3}, new float[81]));
      for (int i = 1; i < 4; i++) {
        WeightFixtures.put(
            zip, "arr_" + i + ".npy", WeightFixtures.npy(new int[] {3}, new float[3]));
      }
    }
    assertRefused(file, "0 of 21 variables", "the file does not say what it is");
  }

  @Test
  void cutOff() throws IOException {
    Path keras2 = WeightFixtures.kerasH5(folder.resolve("a.h5"), trained);
    Path keras3 = WeightFixtures.keras(folder.resolve("b.keras"), trained, ImportedModel.LAYERS);
    Path npz = WeightFixtures.npz(folder.resolve("c.npz"), trained);
    for (Path file : List.of(keras2, keras3, npz)) {
      byte[] whole = Files.readAllBytes(file);
      for (int part = 0; part < 40; part++) {
        int length = 1 + (whole.length - 2) * part / 39;
        assertRefused(write("cut_" + file.getFileName(), Arrays.copyOf(whole, length)));
      }
    }
  }

  @Test
  void cutOffCheckpoints() throws IOException {
    Path prefix = trained.exportCheckpoint(folder.resolve("ckpt"));
    for (String suffix : List.of(".index", ".data-00000-of-00001")) {
      Path file = folder.resolve("ckpt" + suffix);
      byte[] whole = Files.readAllBytes(file);
      for (int part = 0; part < 40; part++) {
        Files.write(file, Arrays.copyOf(whole, (whole.length - 1) * part / 39));
        assertRefused(prefix);
      }
      Files.write(file, whole);
    }
    Files.delete(folder.resolve("ckpt.data-00000-of-00001"));
    assertRefused(prefix, "data file", "is missing");
  }

  /** A changed byte is told by a checksum, except in what HDF5 does not check. */
  @Test
  void changedBytes() throws IOException {
    Random random = new Random(11);
    Path prefix = trained.exportCheckpoint(folder.resolve("ckpt"));
    Path keras = WeightFixtures.keras(folder.resolve("b.keras"), trained, ImportedModel.LAYERS);
    Path index = folder.resolve("ckpt.index");
    Path data = folder.resolve("ckpt.data-00000-of-00001");
    for (Path file : List.of(index, data)) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < 60; i++) {
        byte[] changed = whole.clone();
        int at = random.nextInt(whole.length);
        changed[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, changed);
        importOrRefuse(prefix);
      }
      Files.write(file, whole);
    }
    byte[] archive = Files.readAllBytes(keras);
    Path hdf5 = WeightFixtures.kerasH5(folder.resolve("a.h5"), trained);
    byte[] h5 = Files.readAllBytes(hdf5);
    for (int i = 0; i < 150; i++) {
      for (byte[] whole : List.of(archive, h5)) {
        byte[] changed = whole.clone();
        changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        importOrRefuse(write("changed", changed));
      }
    }
  }

  /** Into a model of its own; whatever happens, nothing but a {@link WeightException} is thrown. */
  private static void importOrRefuse(Path file) {
    Map<String, List<Float>> weights = ImportedModel.weights(model);
    try {
      model.importWeights(file);
      weights.keySet().forEach(name -> model.set(name, floats(weights.get(name))));
    } catch (WeightException e) {
      assertThat(ImportedModel.weights(model)).isEqualTo(weights);
      assertThat(e.getMessage()).contains(file.getFileName().toString());
    }
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
