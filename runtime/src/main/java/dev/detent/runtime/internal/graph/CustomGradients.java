package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.Gradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * Gives any computation a gradient of one's own, as {@code tf.custom_gradient} does in Python.
 *
 * <p>TensorFlow Java can register a gradient for an operation type only, for the whole process and
 * for few types. Here one type serves all: {@code _ListToArray(stopGradient(forward), inputs...)}
 * hands {@code forward} on without a copy, and its gradient is looked up by the operation's name.
 * TensorFlow has that type for itself, so that no other code in the process wants a gradient of it;
 * {@link #served} keeps it out of what other programs read.
 */
public final class CustomGradients {

  private static final String TYPE = "_ListToArray";
  private static final String PREFIX = "custom_gradient_";
  private static final AtomicLong NEXT = new AtomicLong();
  private static final Map<ExecutionEnvironment, Map<Long, Gradient>> GRADIENTS =
      new ConcurrentHashMap<>();
  private static final boolean REGISTERED =
      TensorFlow.registerCustomGradient(TYPE, CustomGradients::dispatch);

  private CustomGradients() {}

  /**
   * {@code forward}, with the given gradient towards {@code inputs}.
   *
   * @param forward what the result is, bit for bit
   * @param inputs what the gradient goes to
   * @param gradient one gradient for each input
   * @throws IllegalStateException if other code in this process has taken {@code _ListToArray}
   */
  public static Operand<TFloat32> apply(
      Ops tf,
      Operand<TFloat32> forward,
      List<? extends Operand<TFloat32>> inputs,
      Gradient gradient) {
    if (!REGISTERED) {
      throw new IllegalStateException(
          "another library in this process has registered a gradient for TensorFlow's "
              + TYPE
              + ", which Detent needs for quantization-aware training; use the two in separate"
              + " processes");
    }
    long id = NEXT.getAndIncrement();
    GRADIENTS
        .computeIfAbsent(tf.scope().env(), graph -> new ConcurrentHashMap<>())
        .put(id, gradient);
    List<Output<?>> all = new ArrayList<>();
    all.add(tf.stopGradient(forward).asOutput());
    inputs.forEach(input -> all.add(input.asOutput()));
    DataType[] types = new DataType[all.size()];
    Arrays.fill(types, DataType.DT_FLOAT);
    Scope scope = tf.scope().withName(PREFIX + id);
    OperationBuilder operation = scope.env().opBuilder(TYPE, scope.makeOpName(TYPE), scope);
    Output<TFloat32> result =
        operation
            .addInputList(all.toArray(new Output<?>[0]))
            .setAttr("Tin", types)
            .setAttr("T", DataType.DT_FLOAT)
            .setAttr("N", types.length)
            .build()
            .output(0);
    return tf.reshape(result, tf.shape(forward)); // TensorFlow infers no shape of that type
  }

  /** {@code forward}, with the gradient of {@code surrogate}: the straight-through estimator. */
  public static Operand<TFloat32> straightThrough(
      Ops tf, Operand<TFloat32> forward, Operand<TFloat32> surrogate) {
    return apply(tf, forward, List.of(surrogate), (ops, dy) -> List.of(dy));
  }

  /** A node as a program needs it that only computes: without what the gradient goes to. */
  public static NodeDef served(NodeDef node) {
    return node.getOp().equals(TYPE)
        ? NodeDef.newBuilder()
            .setName(node.getName())
            .setOp("Identity")
            .setDevice(node.getDevice())
            .addInput(node.getInput(0))
            .putAttr("T", node.getAttrOrThrow("T"))
            .build()
        : node;
  }

  /** Forgets the gradients of a graph that is closed. */
  static void release(ExecutionEnvironment graph) {
    GRADIENTS.remove(graph);
  }

  private static List<Operand<?>> dispatch(
      Ops tf, GraphOperation operation, List<Output<?>> outputGradients) {
    String name = operation.name();
    int at = name.lastIndexOf(PREFIX);
    if (at < 0) {
      throw new IllegalStateException("no gradient is known for " + TYPE + " '" + name + "'");
    }
    long id = Long.parseLong(name.substring(at + PREFIX.length()));
    @SuppressWarnings("unchecked")
    Output<TFloat32> dy = (Output<TFloat32>) outputGradients.get(0);
    List<Operand<?>> result = new ArrayList<>();
    result.add(dy); // goes to a stop-gradient and no further; the adapter takes no null
    var ofGraph = Objects.requireNonNull(GRADIENTS.get(operation.env()));
    result.addAll(Objects.requireNonNull(ofGraph.get(id)).of(tf, dy));
    return result;
  }
}
