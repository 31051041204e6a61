package dev.detent.runtime.weights;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.internal.graph.Variables.Variable;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A model's weights in the files of other tools, laid out as those tools lay them out. */
final class WeightFixtures {
  private WeightFixtures() {}

  /** Keras 2's {@code model.save_weights("file.h5")}. */
  static Path kerasH5(Path file, TinyModel model) {
    return kerasH5(file, model, ImportedModel.KERAS_LAYERS);
  }

  /** The same with layers of other names. */
  static Path kerasH5(Path file, TinyModel model, List<String> names) {
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      hdf5.putAttribute("layer_names", names.toArray(String[]::new));
      hdf5.putAttribute("backend", "tensorflow");
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        WritableGroup layer = hdf5.putGroup(name);
        WritableGroup inner = layer.putGroup(name);
        Map<String, Variable> parts = ImportedModel.partsOf(model, i);
        boolean isDepthwise = ImportedModel.KERAS_LAYERS.get(i).startsWith("depthwise");
        String[] weightNames =
            parts.keySet().stream()
                .map(part -> name + "/" + (isDepthwise ? "depthwise_" : "") + part + ":0")
                .toArray(String[]::new);
        layer.putAttribute("weight_names", weightNames);
        parts.forEach(
            (part, variable) ->
                inner.putDataset(
                    (isDepthwise ? "depthwise_" : "") + part + ":0", nested(model, variable)));
      }
    }
    return file;
  }

  /** Keras 3's {@code model.save_weights("file.weights.h5")}. */
  static Path keras3H5(Path file, TinyModel model) {
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      WritableGroup layers = hdf5.putGroup("layers");
      layers
          .putGroup("dropout")
          .putGroup("seed_generator")
          .putGroup("vars")
          .putDataset("0", new int[] {1, 2});
      for (int i = 0; i < ImportedModel.KERAS_LAYERS.size(); i++) {
        WritableGroup vars = layers.putGroup(ImportedModel.KERAS_LAYERS.get(i)).putGroup("vars");
        int number = 0;
        for (Variable variable : ImportedModel.partsOf(model, i).values()) {
          vars.putDataset(String.valueOf(number++), nested(model, variable));
        }
      }
      hdf5.putGroup("optimizer").putGroup("vars").putDataset("0", new float[] {1});
    }
    return file;
  }

  /** Keras 3's {@code model.save("file.keras")}, in which the layers have names of their own. */
  static Path keras(Path file, TinyModel model, List<String> names) throws IOException {
    StringBuilder layers = new StringBuilder();
    layers.append(layer("InputLayer", "image")).append(",").append(layer("Dropout", "dropped"));
    for (int i = 0; i < names.size(); i++) {
      String name = ImportedModel.KERAS_LAYERS.get(i).replaceFirst("_\\d+$", "");
      String type =
          switch (name) {
            case "conv2d" -> "Conv2D";
            case "depthwise_conv2d" -> "DepthwiseConv2D";
            case "dense" -> "Dense";
            default -> "BatchNormalization";
          };
      layers.append(",").append(layer(type, names.get(i)));
    }
    String config =
        "{\"module\": \"keras\", \"class_name\": \"Functional\", \"config\": {\"name\": \"net\","
            + " \"layers\": ["
            + layers
            + "]}}";
    Path weights = Files.createTempFile(file.getParent(), "model", ".weights.h5");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "metadata.json", "{\"keras_version\": \"3.5.0\"}".getBytes(StandardCharsets.UTF_8));
      put(zip, "config.json", config.getBytes(StandardCharsets.UTF_8));
      put(zip, "model.weights.h5", Files.readAllBytes(keras3H5(weights, model)));
    } finally {
      Files.delete(weights);
    }
    return file;
  }

  private static String layer(String type, String name) {
    return "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"" + name + "\"}}";
  }

  /** {@code numpy.savez(file, *model.get_weights())}. */
  static Path npz(Path file, TinyModel model) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      int number = 0;
      for (int i = 0; i < ImportedModel.KERAS_LAYERS.size(); i++) {
        for (Variable variable : ImportedModel.partsOf(model, i).values()) {
          put(zip, "arr_" + number++ + ".npy", npy(variable.shape(), model.get(variable.name())));
        }
      }
    }
    return file;
  }

  /** An array in NumPy's format 1.0. */
  static byte[] npy(int[] shape, float[] values) {
    StringBuilder sizes = new StringBuilder();
    for (int size : shape) {
      sizes.append(size).append(", ");
    }
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes.toString().trim() + "), }\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + Float.BYTES * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  /** By name, for {@link TensorFlowFixtures}: TF-Slim's words and an optimizer beside them. */
  static Map<String, Variable> slimNames(TinyModel model) {
    Map<String, Variable> names = new LinkedHashMap<>();
    for (int i = 0; i < ImportedModel.KERAS_LAYERS.size(); i++) {
      String layer = ImportedModel.LAYERS.get(i);
      ImportedModel.partsOf(model, i)
          .forEach(
              (part, variable) ->
                  names.put(
                      layer
                          + switch (part) {
                            case PartNames.KERNEL ->
                                layer.equals("wide") ? "/depthwise_weights" : "/weights";
                            case PartNames.BIAS -> "/biases";
                            default -> "/BatchNorm/" + part;
                          },
                      variable));
    }
    return names;
  }

  /** The values as HDF5's library takes them: an array of arrays. */
  static Object nested(TinyModel model, Variable variable) {
    return nested(model.get(variable.name()), variable.shape(), 0, new int[1]);
  }

  private static Object nested(float[] values, int[] shape, int axis, int[] next) {
    if (axis == shape.length - 1) {
      float[] row = new float[shape[axis]];
      System.arraycopy(values, next[0], row, 0, row.length);
      next[0] += row.length;
      return row;
    }
    int[] rest = new int[shape.length - axis];
    System.arraycopy(shape, axis, rest, 0, rest.length);
    Object array = java.lang.reflect.Array.newInstance(float.class, rest);
    for (int i = 0; i < shape[axis]; i++) {
      java.lang.reflect.Array.set(array, i, nested(values, shape, axis + 1, next));
    }
    return array;
  }
}
