package dev.detent.runtime.weights;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;

/**
 * A TensorFlow checkpoint: of TensorFlow 2, whose keys are paths through the objects that held the
 * variables, or of TensorFlow 1, whose keys are the variables' names. Neither keeps the layers'
 * order, but the numbers in the names do.
 */
final class CheckpointSource {
  private static final String OBJECTS = "_CHECKPOINTABLE_OBJECT_GRAPH";
  private static final String ATTRIBUTES = "/.ATTRIBUTES/";
  private static final String SLOTS = "/.OPTIMIZER_SLOT/";

  /** Parts of a TensorFlow 2 model that are no layers. */
  private static final Set<String> NOT_LAYERS =
      Set.of("optimizer", "_optimizer", "keras_api", "save_counter", "loss_tracker");

  /** Variables of TensorFlow 1's training. */
  private static final Set<String> COUNTERS =
      Set.of("global_step", "beta1_power", "beta2_power", "learning_rate");

  private final TensorBundle bundle;
  private final List<SourceArray> arrays = new ArrayList<>();
  private final Map<String, String> ignored = new LinkedHashMap<>();

  private CheckpointSource(TensorBundle bundle) {
    this.bundle = bundle;
  }

  /** Opens {@code prefix.index}. */
  static WeightSource open(Path prefix, String kind) throws IOException {
    TensorBundle bundle = TensorBundle.open(prefix);
    CheckpointSource source = new CheckpointSource(bundle);
    BundleEntryProto objects = bundle.entries().get(OBJECTS);
    if (objects != null) {
      source.readObjects(objects);
    } else {
      source.readNames();
    }
    source.arrays.sort(Comparator.comparing(SourceArray::name, NaturalOrder.OF_NAMES));
    // Each tensor's file is open only while it is read.
    return new WeightSource(kind, source.arrays, source.ignored, () -> {});
  }

  private void readNames() throws IOException {
    for (Map.Entry<String, BundleEntryProto> entry : bundle.entries().entrySet()) {
      String name = entry.getKey();
      if (COUNTERS.contains(PartNames.partOf(name))) {
        ignored.put(name, "a counter of the training");
      } else if (bundle.entries().containsKey(PartNames.layerOf(name))) {
        ignored.put(name, "the optimizer's");
      } else {
        add(name, entry.getValue(), name, name);
      }
    }
  }

  private void readObjects(BundleEntryProto objects) throws IOException {
    TrackableObjectGraph graph;
    try {
      graph = TrackableObjectGraph.parseFrom(bundle.string(OBJECTS, objects));
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("its graph of objects is damaged: " + e.getMessage(), e);
    }
    Set<Integer> slots =
        graph.getNodesList().stream()
            .flatMap(node -> node.getSlotVariablesList().stream())
            .map(slot -> slot.getSlotVariableNodeId())
            .collect(Collectors.toSet());
    for (int i = 0; i < graph.getNodesCount(); i++) {
      for (var attribute : graph.getNodes(i).getAttributesList()) {
        String key = attribute.getCheckpointKey();
        BundleEntryProto entry = bundle.entries().get(key);
        if (entry == null) {
          continue;
        }
        if (slots.contains(i) || key.contains(SLOTS) || isBesideLayers(key)) {
          ignored.put(key, "the optimizer's, or of the training");
        } else {
          addObject(key, entry, attribute.getFullName());
        }
      }
    }
  }

  private static boolean isBesideLayers(String key) {
    return Stream.of(key.split("/")).anyMatch(NOT_LAYERS::contains);
  }

  /**
   * A variable of TensorFlow 2: by the name that it had, where that tells its layer, else by its
   * path.
   */
  private void addObject(String key, BundleEntryProto entry, String fullName) throws IOException {
    int end = key.indexOf(ATTRIBUTES);
    String path = end < 0 ? key : key.substring(0, end);
    add(key, entry, path, fullName.contains("/") ? fullName : path);
  }

  /** Adds a tensor whose layer and part are those of {@code fullName}. */
  private void add(String key, BundleEntryProto entry, String name, String fullName)
      throws IOException {
    if (!TensorBundle.isReadable(entry)) {
      ignored.put(
          name,
          entry.getSlicesCount() > 0
              ? "a variable in slices"
              : "of type " + entry.getDtype().name().replace("DT_", "").toLowerCase(Locale.ROOT));
      return;
    }
    String part = PartNames.partOf(fullName);
    arrays.add(
        new SourceArray(
            name,
            PartNames.layerOf(fullName),
            part.chars().allMatch(Character::isDigit) ? "" : part,
            TensorBundle.shape(key, entry),
            () -> bundle.floats(key, entry)));
  }
}
