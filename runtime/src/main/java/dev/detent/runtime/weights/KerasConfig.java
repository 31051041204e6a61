package dev.detent.runtime.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The layers of a {@code .keras} file's {@code config.json}: their order, names and classes. The
 * weights beside it do not have the layers' names: there the third {@code Conv2D} is {@code
 * conv2d_2}, whatever it is called.
 */
final class KerasConfig {
  /** Where there is no configuration: groups stand for themselves. */
  static final KerasConfig NONE = new KerasConfig();

  /** Groups between a model and its layers, by Keras version. */
  private static final Set<String> CONTAINERS =
      Set.of("layers", "_layers", "_layer_checkpoint_dependencies");

  /** What a recurrent layer computes in each step, or in each of both directions. */
  private static final Pattern CELL = Pattern.compile("(.+?)(?:/(forward|backward)_layer)?/cell");

  private final Map<String, LayerConfig> byPath = new HashMap<>();

  /**
   * One layer.
   *
   * @param order its place among the layers
   * @param name as its author called it
   * @param parts its arrays in order; empty if the class is not known
   */
  record LayerConfig(int order, String name, List<String> parts) {}

  private KerasConfig() {}

  /**
   * Reads the JSON.
   *
   * @throws IOException if it is no model's configuration
   */
  static KerasConfig parse(String json) throws IOException {
    try {
      KerasConfig config = new KerasConfig();
      JsonElement root = JsonParser.parseString(json);
      if (!root.isJsonObject()) {
        throw new IOException("its config.json describes no model");
      }
      config.addLayers("", root.getAsJsonObject());
      return config;
    } catch (RuntimeException | StackOverflowError e) { // Gson's, and those of what is not there
      throw new IOException("its config.json is damaged: " + e.getMessage(), e);
    }
  }

  /** Adds what a model holds, models inside it included. */
  private void addLayers(String path, JsonObject model) {
    JsonElement config = model.get("config");
    if (config == null
        || !config.isJsonObject()
        || !(config.getAsJsonObject().get("layers") instanceof JsonArray layers)) {
      return;
    }
    Map<String, Integer> used = new HashMap<>();
    for (JsonElement element : layers) {
      JsonObject layer = element.getAsJsonObject();
      JsonObject settings = layer.getAsJsonObject("config");
      String type = snakeCase(layer.get("class_name").getAsString());
      int count = used.merge(type, 1, Integer::sum) - 1;
      String group = path + (count == 0 ? type : type + "_" + count);
      String name = settings.has("name") ? settings.get("name").getAsString() : group;
      List<String> parts =
          PartNames.ofClass(type, flag(settings, "scale"), flag(settings, "center"));
      byPath.put(group, new LayerConfig(byPath.size(), name, parts));
      addLayers(group + "/", layer);
    }
  }

  private static boolean flag(JsonObject settings, String name) {
    return !settings.has(name) || settings.get(name).getAsBoolean();
  }

  /** The class's name as Keras makes a group of it: {@code DepthwiseConv2D}, depthwise_conv2d. */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The layer whose arrays are in that group of the weights. */
  LayerConfig find(String group) {
    String path =
        Arrays.stream(group.split("/"))
            .filter(step -> !CONTAINERS.contains(step))
            .collect(Collectors.joining("/"));
    LayerConfig known = byPath.get(path);
    if (known != null) {
      return known;
    }
    Matcher cell = CELL.matcher(path);
    if (cell.matches()) {
      LayerConfig layer = byPath.get(cell.group(1));
      String name = layer == null ? cell.group(1) : layer.name();
      return new LayerConfig(
          layer == null ? Integer.MAX_VALUE : layer.order(),
          cell.group(2) == null ? name : PartNames.directed(name, cell.group(2)),
          PartNames.ofClass("cell", true, true));
    }
    String type = path.substring(path.lastIndexOf('/') + 1).replaceFirst("_\\d+$", "");
    // A wrapper's inner layer stands where the wrapper does.
    int slash = path.lastIndexOf('/');
    LayerConfig outer = slash < 0 ? null : byPath.get(path.substring(0, slash));
    return new LayerConfig(
        outer == null ? Integer.MAX_VALUE : outer.order(),
        outer == null ? path : outer.name(),
        PartNames.ofClass(type, true, true));
  }
}
