package dev.detent.runtime.weights;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.internal.graph.Variables.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Checkpoints that TensorFlow itself writes. */
final class TensorFlowFixtures implements AutoCloseable {
  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<String> names = new ArrayList<>();
  private final List<Operand<?>> values = new ArrayList<>();

  private void add(String name, Operand<?> value) {
    names.add(name);
    values.add(value);
  }

  private Operand<TFloat32> constant(TinyModel model, Variable variable) {
    return tf.constant(
        Shape.of(CheckpointWriter.longs(variable.shape())),
        DataBuffers.of(model.get(variable.name()), true, false));
  }

  private Path save(Path prefix) {
    try (Session session = new Session(graph)) {
      String[] keys = names.toArray(String[]::new);
      var save =
          tf.train.save(
              tf.constant(prefix.toString()),
              tf.array(keys),
              tf.array(SavedGraph.whole(keys.length)),
              values);
      session.runner().addTarget(save).run().close();
    }
    return prefix;
  }

  /** TensorFlow 1's: variables by name, slots of Momentum and a step counter beside them. */
  static Path byName(Path prefix, TinyModel model, Map<String, Variable> variables) {
    try (TensorFlowFixtures file = new TensorFlowFixtures()) {
      variables.forEach(
          (name, variable) -> {
            Operand<TFloat32> value = file.constant(model, variable);
            file.add(name, value);
            file.add(name + "/Momentum", value);
          });
      file.add("global_step", file.tf.constant(7L));
      return file.save(prefix);
    }
  }

  /** TensorFlow 2's {@code tf.train.Checkpoint(model, optimizer)} of a Keras model. */
  static Path byObject(Path prefix, TinyModel model) {
    try (TensorFlowFixtures file = new TensorFlowFixtures()) {
      TrackableObjectGraph.Builder objects = TrackableObjectGraph.newBuilder();
      TrackableObject.Builder root = objects.addNodesBuilder();
      TrackableObject.Builder optimizer = TrackableObject.newBuilder();
      int next = 1;
      for (int i = 0; i < ImportedModel.KERAS_LAYERS.size(); i++) {
        String path = "layer_with_weights-" + i;
        TrackableObject.Builder layer = TrackableObject.newBuilder();
        int layerNode = next++;
        root.addChildrenBuilder().setNodeId(layerNode).setLocalName(path);
        List<TrackableObject> inner = new ArrayList<>();
        for (var part : ImportedModel.partsOf(model, i).entrySet()) {
          String key = path + "/" + part.getKey() + VALUE;
          String slotKey = path + "/" + part.getKey() + "/.OPTIMIZER_SLOT/optimizer/m" + VALUE;
          Operand<TFloat32> value = file.constant(model, part.getValue());
          file.add(key, value);
          file.add(slotKey, value);
          int node = next++;
          int slotNode = next++;
          layer.addChildrenBuilder().setNodeId(node).setLocalName(part.getKey());
          inner.add(variable(key, ImportedModel.KERAS_LAYERS.get(i) + "/" + part.getKey()));
          inner.add(variable(slotKey, "Adam/m/" + part.getKey()));
          optimizer
              .addSlotVariablesBuilder()
              .setOriginalVariableNodeId(node)
              .setSlotVariableNodeId(slotNode)
              .setSlotName("m");
        }
        objects.addNodes(layer);
        inner.forEach(objects::addNodes);
      }
      root.addChildrenBuilder().setNodeId(next).setLocalName("optimizer");
      objects.addNodes(optimizer);
      objects.addNodes(variable("save_counter" + VALUE, "save_counter"));
      file.add("save_counter" + VALUE, file.tf.constant(1L));
      byte[] bytes = objects.build().toByteArray();
      try (TString text = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes))) {
        file.add("_CHECKPOINTABLE_OBJECT_GRAPH", file.tf.constantOf(text));
        return file.save(prefix);
      }
    }
  }

  private static TrackableObject variable(String key, String fullName) {
    TrackableObject.Builder node = TrackableObject.newBuilder();
    node.addAttributesBuilder()
        .setName("VARIABLE_VALUE")
        .setFullName(fullName)
        .setCheckpointKey(key);
    return node.build();
  }

  @Override
  public void close() {
    graph.close();
  }
}
