package dev.detent.runtime.weights;

import dev.detent.runtime.graph.CustomGradients;
import dev.detent.runtime.graph.ModelGraph;
import dev.detent.runtime.graph.PassGraph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * One inference pass of a model cut out of its graph: what the outputs need and no more, with
 * placeholders of float32 for inputs.
 */
final class ServingGraph {
  private static final String PREDICT = "tensorflow/serving/predict";
  private static final String PREFIX = "serving_";

  private final GraphDef definition;
  private final SignatureDef signature;

  private ServingGraph(GraphDef definition, SignatureDef signature) {
    this.definition = definition;
    this.signature = signature;
  }

  /** Cuts the pass out. */
  static ServingGraph of(ModelGraph model, PassGraph pass) {
    GraphDef whole = ((Graph) model.ops().scope().env()).toGraphDef();
    Map<String, NodeDef> nodes = new HashMap<>();
    whole.getNodeList().forEach(node -> nodes.put(node.getName(), CustomGradients.served(node)));
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(PREDICT);
    Map<String, String> renamed = new HashMap<>();
    Map<String, NodeDef> placeholders = new LinkedHashMap<>();
    pass.inputs()
        .forEach(
            (name, feed) -> {
              String old = nodeOf(feed.value());
              NodeDef placeholder = placeholder(name, pass.tensors().get(name).shape());
              renamed.put(old, placeholder.getName());
              placeholders.put(old, placeholder);
              signature.putInputs(
                  name, info(placeholder.getName() + ":0", pass.tensors().get(name).shape()));
            });
    pass.outputs()
        .forEach(
            (name, output) ->
                signature.putOutputs(
                    name,
                    info(
                        nodeOf(output.operand()) + ":" + output.operand().asOutput().index(),
                        output.shape())));
    Set<String> needed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    pass.outputs().values().forEach(output -> open.add(nodeOf(output.operand())));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (needed.add(name) && !placeholders.containsKey(name)) {
        nodes.get(name).getInputList().forEach(input -> open.add(nodeOf(input)));
      }
    }
    GraphDef.Builder cut = GraphDef.newBuilder().setVersions(whole.getVersions());
    for (NodeDef node : whole.getNodeList()) {
      if (placeholders.containsKey(node.getName())) {
        cut.addNode(placeholders.get(node.getName()));
      } else if (needed.contains(node.getName())) {
        cut.addNode(withRenamedInputs(nodes.get(node.getName()), renamed));
      }
    }
    return new ServingGraph(cut.build(), signature.build());
  }

  private static NodeDef placeholder(String input, int[] shape) {
    return NodeDef.newBuilder()
        .setName(PREFIX + input)
        .setOp("Placeholder")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
        .putAttr("shape", AttrValue.newBuilder().setShape(batchOf(shape)).build())
        .build();
  }

  private static NodeDef withRenamedInputs(NodeDef node, Map<String, String> renamed) {
    NodeDef.Builder changed = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      String name = renamed.get(nodeOf(input));
      if (name != null) {
        changed.setInput(i, input.startsWith("^") ? "^" + name : name);
      }
    }
    return changed.build();
  }

  /** The node of an edge: {@code name}, {@code name:1} or {@code ^name}. */
  private static String nodeOf(String edge) {
    String name = edge.startsWith("^") ? edge.substring(1) : edge;
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static String nodeOf(Operand<TFloat32> operand) {
    return operand.asOutput().op().name();
  }

  private static TensorInfo info(String tensor, int[] shape) {
    return TensorInfo.newBuilder()
        .setName(tensor)
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(batchOf(shape))
        .build();
  }

  private static TensorShapeProto batchOf(int[] shape) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(-1));
    for (int size : shape) {
      sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return sizes.build();
  }

  /** The nodes. */
  GraphDef definition() {
    return definition;
  }

  /** Inputs and outputs by their layers' names. */
  SignatureDef signature() {
    return signature;
  }
}
