package dev.detent.runtime.weights;

import com.google.protobuf.ByteString;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.graph.Variables.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.VariableDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A serving graph with the operations that save and restore its variables, and its variables'
 * values.
 *
 * <p>TensorFlow Java's own exporter looks for reference variables only, and writes none of these
 * resource variables. Here the saver is built by hand, as Python's {@code tf.compat.v1.train.Saver}
 * builds it, and named in the meta graph's {@code saver_def}, which is all that any loader asks
 * for.
 */
final class SavedGraph implements AutoCloseable {
  private static final String SCOPE = "save";
  private static final String HANDLE_TYPE = "VarHandleOp";

  private final Graph graph = new Graph();
  private final Session session = new Session(graph);
  private final List<Restored> variables = new ArrayList<>();
  private final PlaceholderWithDefault<TString> prefix;
  private final Operand<TString> saved;
  private final Op restoreAll;

  /** A variable with what sets and reads it. */
  private record Restored(
      Variable variable,
      Output<?> handle,
      Operand<? extends TType> value,
      Op assign,
      Operand<TFloat32> read) {}

  /**
   * Takes a graph over and gives it a saver.
   *
   * @param definition with a {@code VarHandleOp} for each variable that it reads
   * @param known all variables of the model
   */
  SavedGraph(GraphDef definition, Variables known) {
    graph.importGraphDef(definition);
    Ops tf = Ops.create(graph).withSubScope(SCOPE);
    List<NodeDef> handles =
        definition.getNodeList().stream().filter(node -> node.getOp().equals(HANDLE_TYPE)).toList();
    List<Variable> stored =
        handles.stream()
            .map(node -> known.find(node.getAttrOrThrow("shared_name").getS().toStringUtf8()))
            .toList();
    prefix =
        tf.withName("Const")
            .placeholderWithDefault(tf.withName("filename").constant("model"), Shape.scalar());
    String[] names = stored.stream().map(Variable::name).toArray(String[]::new);
    if (names.length > 0) {
      List<Class<? extends TType>> types = Collections.nCopies(names.length, TFloat32.class);
      Restore restore =
          tf.train.restore(prefix, tf.array(names), tf.array(whole(names.length)), types);
      for (int i = 0; i < names.length; i++) {
        Output<?> handle = graph.operationOrThrow(handles.get(i).getName()).output(0);
        Operand<? extends TType> value = (Output<? extends TType>) restore.tensors().get(i);
        Op assign = tf.assignVariableOp(handle, value);
        var read = tf.readVariableOp(handle, TFloat32.class);
        variables.add(new Restored(stored.get(i), handle, value, assign, read));
      }
    }
    List<Op> assigns = variables.stream().map(Restored::assign).toList();
    List<Operand<?>> values = variables.stream().<Operand<?>>map(Restored::read).toList();
    restoreAll = tf.withName("restore_all").withControlDependencies(assigns).noOp();
    Op save =
        names.length == 0
            ? restoreAll
            : tf.train.save(prefix, tf.array(names), tf.array(whole(names.length)), values);
    saved = tf.withName("control_dependency").withControlDependencies(save).identity(prefix);
  }

  /** For each tensor of a checkpoint: all of it. */
  static String[] whole(int count) {
    return Collections.nCopies(count, "").toArray(String[]::new);
  }

  /** A variable's values; to be closed. */
  static TFloat32 tensor(Variable variable, Variables values) {
    return TFloat32.tensorOf(
        Shape.of(CheckpointWriter.longs(variable.shape())),
        DataBuffers.of(values.read(variable), true, false));
  }

  /** Writes the variables, with the values that the model has, as a checkpoint. */
  void saveVariables(Path file, Variables values) {
    if (variables.isEmpty()) {
      return;
    }
    List<TFloat32> fed = new ArrayList<>();
    try (TString name = TString.scalarOf(file.toString())) {
      Session.Runner fill = session.runner().addTarget(restoreAll);
      for (Restored restored : variables) {
        TFloat32 tensor = tensor(restored.variable, values);
        fed.add(tensor);
        fill.feed(restored.value, tensor);
      }
      fill.run().close();
      session.runner().feed(prefix, name).fetch(saved).run().close();
    } finally {
      fed.forEach(TFloat32::close);
    }
  }

  /** The graph, saver included. */
  GraphDef definition() {
    return graph.toGraphDef();
  }

  /** Which operations save and restore. */
  SaverDef saver() {
    return SaverDef.newBuilder()
        .setFilenameTensorName(tensor(prefix))
        .setSaveTensorName(tensor(saved))
        .setRestoreOpName(restoreAll.op().name())
        .setMaxToKeep(1)
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }

  /** The variables as Python's loader wants to know them. */
  CollectionDef variableList() {
    CollectionDef.BytesList.Builder list = CollectionDef.BytesList.newBuilder();
    variables.forEach(restored -> list.addValue(describe(restored)));
    return CollectionDef.newBuilder().setBytesList(list).build();
  }

  private static ByteString describe(Restored restored) {
    return VariableDef.newBuilder()
        .setVariableName(tensor(restored.handle))
        .setInitializerName(restored.assign.op().name())
        .setInitialValueName(tensor(restored.value))
        .setSnapshotName(tensor(restored.read))
        .setIsResource(true)
        .setTrainable(restored.variable.role() == Variables.Role.TRAINABLE)
        .build()
        .toByteString();
  }

  private static String tensor(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return output.op().name() + ":" + output.index();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
