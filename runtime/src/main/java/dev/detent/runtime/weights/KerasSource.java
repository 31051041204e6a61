package dev.detent.runtime.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keras's weights in HDF5, in either of its two forms: of Keras 1 and 2, where the attribute {@code
 * layer_names} gives the order and {@code weight_names} each layer's arrays; and of Keras 3, where
 * each layer is a group with numbered arrays in {@code vars}.
 */
final class KerasSource {
  private static final String LAYER_NAMES = "layer_names";
  private static final String WEIGHT_NAMES = "weight_names";
  private static final String MODEL_WEIGHTS = "model_weights";
  private static final String VARS = "vars";
  private static final String OPTIMIZER = "optimizer";
  private static final String SEEDS = "seed_generator";

  private final HdfFile file;
  private final List<SourceArray> arrays = new ArrayList<>();
  private final Map<String, String> ignored = new LinkedHashMap<>();

  private KerasSource(HdfFile file) {
    this.file = file;
  }

  /**
   * Reads the names; the arrays stay in the file, which is closed with this or if this fails.
   *
   * @param config the model's architecture; {@link KerasConfig#NONE} if it is not known
   */
  static WeightSource open(HdfFile file, String kind, KerasConfig config) throws IOException {
    KerasSource source = new KerasSource(file);
    try {
      return Hdf5.guarded(
          () -> {
            source.read(config);
            return new WeightSource(kind, source.arrays, source.ignored, file::close);
          });
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void read(KerasConfig config) throws IOException {
    Group weights = file.getChildren().get(MODEL_WEIGHTS) instanceof Group group ? group : file;
    Optional<List<String>> layers = Hdf5.texts(weights, LAYER_NAMES);
    if (layers.isPresent()) {
      for (String layer : layers.get()) {
        readLayer(weights, layer);
      }
      return;
    }
    List<NumberedArrays> found = new ArrayList<>();
    collect(file, "", found, new HashSet<>());
    if (found.isEmpty()) {
      throw new IOException(
          ("it is HDF5, but not of Keras: it has neither '%s' nor groups with '%s'; at its root"
                  + " are %s")
              .formatted(LAYER_NAMES, VARS, file.getChildren().keySet()));
    }
    found.sort(
        Comparator.comparingInt((NumberedArrays layer) -> config.find(layer.path).order())
            .thenComparing(NumberedArrays::pathWithoutDirection, NaturalOrder.OF_NAMES)
            .thenComparing(NumberedArrays::isBackward));
    found.forEach(layer -> readNumbered(layer, config.find(layer.path)));
  }

  // ---------------------------------------------------------------- Keras 1 and 2

  private void readLayer(Group weights, String layer) throws IOException {
    if (!(weights.getByPath(layer) instanceof Group group)) {
      throw new IOException(
          "'" + LAYER_NAMES + "' has '" + layer + "', but there is no such group");
    }
    List<String> names = Hdf5.texts(group, WEIGHT_NAMES).orElse(List.of());
    Set<String> owners = new HashSet<>();
    names.forEach(name -> owners.add(PartNames.layerOf(name)));
    for (String name : names) {
      if (!(group.getByPath(name) instanceof Dataset dataset)) {
        throw new IOException("layer '" + layer + "' is said to hold '" + name + "', but does not");
      }
      // A model used as a layer holds the arrays of several layers, Bidirectional those of two.
      String owner =
          PartNames.directed(name)
              .orElseGet(() -> owners.size() > 1 ? PartNames.layerOf(name) : layer);
      add(name, owner, PartNames.plain(PartNames.partOf(name)), dataset);
    }
  }

  // ---------------------------------------------------------------- Keras 3

  /** A group with {@code vars}. */
  private record NumberedArrays(String path, Group vars) {
    private static final String FORWARD = "/forward_layer";
    private static final String BACKWARD = "/backward_layer";

    /** The same for both directions of a layer, of which the forward one comes first. */
    String pathWithoutDirection() {
      return path.replace(BACKWARD, FORWARD);
    }

    boolean isBackward() {
      return path.contains(BACKWARD);
    }
  }

  private void collect(Group group, String path, List<NumberedArrays> found, Set<Long> seen) {
    if (!seen.add(group.getAddress())) {
      return; // a damaged file may hold a group inside itself
    }
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      if (!(child.getValue() instanceof Group inner)) {
        continue;
      }
      String name = child.getKey();
      if (name.equals(VARS)) {
        if (!inner.getChildren().isEmpty()) {
          found.add(new NumberedArrays(path, inner));
        }
      } else if (name.equals(OPTIMIZER)) {
        ignored.put(name, "the optimizer's");
      } else if (name.startsWith(SEEDS)) {
        ignored.put(path + "/" + name, "a random layer's");
      } else {
        collect(inner, path.isEmpty() ? name : path + "/" + name, found, seen);
      }
    }
  }

  private void readNumbered(NumberedArrays layer, KerasConfig.LayerConfig config) {
    List<String> parts = config.parts();
    layer.vars.getChildren().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(NaturalOrder.OF_NAMES))
        .forEach(
            child -> {
              if (child.getValue() instanceof Dataset dataset) {
                String number = child.getKey();
                int index = number.matches("\\d{1,3}") ? Integer.parseInt(number) : parts.size();
                add(
                    layer.path + "/" + VARS + "/" + number,
                    config.name(),
                    index < parts.size() ? parts.get(index) : "",
                    dataset);
              }
            });
  }

  private void add(String name, String layer, String part, Dataset dataset) {
    if (!Hdf5.isFloats(dataset)) {
      ignored.put(name, "of type " + dataset.getJavaType().getSimpleName());
      return;
    }
    arrays.add(
        new SourceArray(name, layer, part, dataset.getDimensions(), () -> Hdf5.floats(dataset)));
  }
}
