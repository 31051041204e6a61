package dev.detent.runtime.weights;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;

/**
 * A TensorFlow checkpoint: of TensorFlow 2, whose keys are paths through the objects that held the
 * variables, or of TensorFlow 1, whose keys are the variables' names. Neither keeps the layers'
 * order, but the numbers in the names do.
 */
final class CheckpointSource implements WeightSource {
  private static final String OBJECTS = "_CHECKPOINTABLE_OBJECT_GRAPH";
  private static final String ATTRIBUTES = "/.ATTRIBUTES/";
  private static final String SLOTS = "/.OPTIMIZER_SLOT/";

  /** Parts of a TensorFlow 2 model that are no layers. */
  private static final Set<String> NOT_LAYERS =
      Set.of("optimizer", "_optimizer", "keras_api", "save_counter", "loss_tracker");

  /** Variables of TensorFlow 1's training. */
  private static final Set<String> COUNTERS =
      Set.of("global_step", "beta1_power", "beta2_power", "learning_rate");

  private final String kind;
  private final List<SourceArray> arrays = new ArrayList<>();
  private final Map<String, String> ignored = new LinkedHashMap<>();

  private CheckpointSource(String kind) {
    this.kind = kind;
  }

  /** Opens {@code prefix.index}. */
  static CheckpointSource open(Path prefix, String kind) throws IOException {
    TensorBundle bundle = TensorBundle.open(prefix);
    CheckpointSource source = new CheckpointSource(kind);
    if (bundle.entries().containsKey(OBJECTS)) {
      source.readObjects(bundle);
    } else {
      source.readNames(bundle);
    }
    source.arrays.sort(Comparator.comparing(SourceArray::name, NaturalOrder.OF_NAMES));
    return source;
  }

  private void readNames(TensorBundle bundle) throws IOException {
    Set<String> names = bundle.entries().keySet();
    for (String name : names) {
      int slash = name.lastIndexOf('/');
      String last = name.substring(slash + 1);
      if (COUNTERS.contains(last)) {
        ignored.put(name, "a counter of the training");
      } else if (slash > 0 && names.contains(name.substring(0, slash))) {
        ignored.put(name, "the optimizer's");
      } else {
        add(bundle, name, name, slash < 0 ? "" : name.substring(0, slash), last);
      }
    }
  }

  private void readObjects(TensorBundle bundle) throws IOException {
    TrackableObjectGraph graph;
    try {
      graph = TrackableObjectGraph.parseFrom(bundle.string(OBJECTS));
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("its graph of objects is damaged: " + e.getMessage(), e);
    }
    Set<Integer> slots = new HashSet<>();
    graph
        .getNodesList()
        .forEach(
            node ->
                node.getSlotVariablesList()
                    .forEach(slot -> slots.add(slot.getSlotVariableNodeId())));
    for (int i = 0; i < graph.getNodesCount(); i++) {
      for (var attribute : graph.getNodes(i).getAttributesList()) {
        String key = attribute.getCheckpointKey();
        if (!bundle.entries().containsKey(key)) {
          continue;
        }
        if (slots.contains(i) || key.contains(SLOTS) || isBesideLayers(key)) {
          ignored.put(key, "the optimizer's, or of the training");
        } else {
          addObject(bundle, key, attribute.getFullName());
        }
      }
    }
  }

  private static boolean isBesideLayers(String key) {
    for (String step : key.split("/")) {
      if (NOT_LAYERS.contains(step)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A variable of TensorFlow 2: by the name that it had, where that tells its layer, else by its
   * path.
   */
  private void addObject(TensorBundle bundle, String key, String fullName) throws IOException {
    int end = key.indexOf(ATTRIBUTES);
    String path = end < 0 ? key : key.substring(0, end);
    String name = fullName.contains("/") ? fullName : path;
    int slash = name.lastIndexOf('/');
    add(bundle, key, path, slash < 0 ? "" : name.substring(0, slash), name.substring(slash + 1));
  }

  private void add(TensorBundle bundle, String key, String name, String layer, String part)
      throws IOException {
    BundleEntryProto entry = bundle.entries().get(key);
    if (!TensorBundle.isReadable(entry)) {
      ignored.put(
          name,
          entry.getSlicesCount() > 0
              ? "a variable in slices"
              : "of type "
                  + entry.getDtype().name().replace("DT_", "").toLowerCase(java.util.Locale.ROOT));
      return;
    }
    String known = part.chars().allMatch(Character::isDigit) ? "" : part;
    arrays.add(new SourceArray(name, layer, known, bundle.shape(key), () -> bundle.floats(key)));
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public List<SourceArray> arrays() {
    return arrays;
  }

  @Override
  public Map<String, String> ignored() {
    return ignored;
  }

  @Override
  public void close() {
    // Each tensor's file is open while it is read only.
  }
}
