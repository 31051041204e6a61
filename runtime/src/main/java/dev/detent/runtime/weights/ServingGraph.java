package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.CustomGradients;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.PassGraph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
 *
 * @param definition the nodes
 * @param signature inputs and outputs by their layers' names
 */
record ServingGraph(GraphDef definition, SignatureDef signature) {
  private static final String PREDICT = "tensorflow/serving/predict";
  private static final String PREFIX = "serving_";

  /** Cuts the pass out. */
  static ServingGraph of(ModelGraph model, PassGraph pass) {
    GraphDef whole = ((Graph) model.ops().scope().env()).toGraphDef();
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    whole.getNodeList().forEach(node -> nodes.put(node.getName(), CustomGradients.served(node)));
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(PREDICT);
    Map<String, String> renamed = new HashMap<>();
    Map<String, NodeDef> placeholders = new LinkedHashMap<>();
    pass.inputs()
        .forEach(
            (name, feed) -> {
              String old = nodeOf(feed.value());
              int[] shape = pass.tensor(name).shape();
              NodeDef placeholder = placeholder(name, shape);
              renamed.put(old, placeholder.getName());
              placeholders.put(old, placeholder);
              signature.putInputs(name, info(placeholder.getName() + ":0", shape));
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
      NodeDef node = nodes.get(name);
      if (node != null && needed.add(name) && !placeholders.containsKey(name)) {
        node.getInputList().forEach(input -> open.add(nodeOf(input)));
      }
    }
    GraphDef.Builder cut = GraphDef.newBuilder().setVersions(whole.getVersions());
    nodes.forEach(
        (name, node) -> {
          NodeDef placeholder = placeholders.get(name);
          if (placeholder != null) {
            cut.addNode(placeholder);
          } else if (needed.contains(name)) {
            cut.addNode(withRenamedInputs(node, renamed));
          }
        });
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
    IntStream.concat(IntStream.of(-1), IntStream.of(shape))
        .forEach(size -> sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return sizes.build();
  }
}
