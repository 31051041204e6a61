package dev.detent.runtime.weights;

import dev.detent.runtime.internal.io.BoundedReads;
import dev.detent.runtime.train.WeightFile;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Opens files of weights by what they are, whatever they are called. */
final class WeightSources {
  private static final String KERAS_WEIGHTS = "model.weights.h5";
  private static final String KERAS_CONFIG = "config.json";
  private static final String SAVED_MODEL = "saved_model.pb";
  private static final String SAVED_VARIABLES = "variables/variables";
  private static final String LATEST = "checkpoint";
  private static final Pattern LATEST_PATH =
      Pattern.compile("(?m)^model_checkpoint_path: *\"(.*)\"");
  private static final Pattern SHARD = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
  private static final int START = 16;

  private WeightSources() {}

  /**
   * Opens a file or folder.
   *
   * @throws IOException saying what is wrong with it and what could be there instead
   */
  static WeightSource open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (Files.isRegularFile(TensorBundle.withSuffix(path, TensorBundle.INDEX))) {
      return checkpoint(path);
    }
    if (!Files.exists(path)) {
      throw new IOException("there is no such file");
    }
    String name = path.getFileName().toString();
    Matcher shard = SHARD.matcher(name);
    if (shard.matches()) {
      return open(path.resolveSibling(shard.group(1) + TensorBundle.INDEX));
    }
    if (name.endsWith(TensorBundle.INDEX)) {
      return checkpoint(
          path.resolveSibling(name.substring(0, name.length() - TensorBundle.INDEX.length())));
    }
    if (name.equals(SAVED_MODEL)) {
      return folder(path.toAbsolutePath().resolveSibling(""));
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(START);
    }
    if (Hdf5.isHdf5(start)) {
      return KerasSource.open(Hdf5.open(path), "Keras HDF5", KerasConfig.NONE);
    }
    if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
      return zip(path);
    }
    throw new IOException(
        (start.length == 0 ? "it is empty" : "it is no file of weights that Detent knows")
            + "; it takes Keras's .h5 and .keras, NumPy's .npz, TensorFlow checkpoints (PREFIX of"
            + " PREFIX.index) and SavedModel folders");
  }

  private static WeightSource checkpoint(Path prefix) throws IOException {
    return CheckpointSource.open(prefix, "TensorFlow checkpoint");
  }

  private static WeightSource folder(Path folder) throws IOException {
    Path variables = folder.resolve(SAVED_VARIABLES);
    if (Files.isRegularFile(folder.resolve(SAVED_MODEL))) {
      if (!Files.isRegularFile(TensorBundle.withSuffix(variables, TensorBundle.INDEX))) {
        throw new IOException(
            "it is a SavedModel without variables: its weights are frozen into its graph; export it"
                + " again with variables, or save a checkpoint");
      }
      return CheckpointSource.open(variables, "SavedModel");
    }
    Path latest = folder.resolve(LATEST);
    if (Files.isRegularFile(latest)) {
      String text = new String(BoundedReads.file(latest), StandardCharsets.UTF_8);
      Matcher path = LATEST_PATH.matcher(text);
      if (path.find()) {
        return checkpoint(resolved(folder, path.group(1)));
      }
    }
    throw new IOException(
        "it is a folder, but neither a SavedModel (" + SAVED_MODEL + ") nor one of checkpoints");
  }

  private static Path resolved(Path folder, String name) throws IOException {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new IOException("its file '" + LATEST + "' names no path: " + e.getMessage(), e);
    }
  }

  /**
   * Named arrays in the order in which they were saved. Names as {@code conv/kernel} tell layer and
   * part; {@code arr_0} and the like, as {@code numpy.savez(file, *model.get_weights())} writes
   * them, leave it to {@link UnnamedArrays}.
   */
  private static WeightSource npz(Path file) throws IOException {
    WeightFile weights = WeightFile.read(file);
    List<SourceArray> arrays =
        weights.names().stream()
            .filter(name -> !name.startsWith(WeightFile.EARLIER))
            .map(
                name ->
                    new SourceArray(
                        name,
                        PartNames.layerOf(name),
                        name.contains("/") ? PartNames.partOf(name) : "",
                        weights.shape(name),
                        () -> weights.values(name)))
            .toList();
    return new WeightSource("NumPy .npz", arrays, Map.of(), () -> {});
  }

  private static WeightSource zip(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry weights = zip.getEntry(KERAS_WEIGHTS);
      if (weights == null) {
        List<String> names =
            Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
        if (names.stream().noneMatch(name -> name.endsWith(".npy"))) {
          throw new IOException(
              "it is a zip with neither Keras's " + KERAS_WEIGHTS + " nor NumPy arrays (.npy)");
        }
        return npz(path);
      }
      ZipEntry config = zip.getEntry(KERAS_CONFIG);
      KerasConfig layers =
          config == null
              ? KerasConfig.NONE
              : KerasConfig.parse(
                  new String(BoundedReads.entry(zip, config), StandardCharsets.UTF_8));
      HdfFile hdf5 = Hdf5.open(BoundedReads.entry(zip, weights));
      return KerasSource.open(hdf5, "Keras .keras", layers);
    }
  }
}
