package dev.detent.runtime.internal.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The variables of a model, by name, in the order in which they were declared.
 *
 * <p>TensorFlow prepares the whole graph anew for each set of operations that it is asked to run,
 * which takes longer the larger the graph is. Values are therefore written all at once, when the
 * graph runs next, and read all at once.
 *
 * <p>They are the {@linkplain ModelGraph#lock lock} of their graph.
 */
public final class Variables {

  /** What a variable is for. */
  public enum Role {
    /** Trained by gradients: kernels, biases, gamma, beta. */
    TRAINABLE,
    /** Follows the data: moving statistics of batch norm. */
    STATISTIC,
    /** Follows the data: the range of an activation, and any state of a quantizer. */
    RANGE,
    /** Trained by gradients in quantization-aware training: a quantizer's parameter. */
    QUANTIZER,
    /** Belongs to an optimizer. */
    SLOT;

    /** Whether gradients change it. */
    public boolean isTrained() {
      return this == TRAINABLE || this == QUANTIZER;
    }
  }

  /** Whether a variable of this name says how many batches a range has seen. */
  public static boolean countsBatches(String name) {
    return name.endsWith("/" + QuantizerSite.SEEN);
  }

  /** One variable: a handle in the graph and what it starts with. */
  public static final class Variable {
    private final String name;
    private final int[] shape;
    private final Role role;
    private boolean isDecayed;
    private Nodes nodes;

    private Variable(Ops tf, String name, int[] shape, Role role) {
      this.name = name;
      this.shape = shape.clone();
      this.role = role;
      this.isDecayed = role == Role.TRAINABLE && shape.length > 1;
      nodes = Nodes.of(tf, name, tfShape());
    }

    /** Unique in the model: {@code conv/kernel}. */
    public String name() {
      return name;
    }

    /** Sizes; none for a scalar. */
    public int[] shape() {
      return shape.clone();
    }

    /** What it is for. */
    public Role role() {
      return role;
    }

    /** Whether it counts the batches that a range has observed. */
    public boolean countsBatches() {
      return role == Role.RANGE && Variables.countsBatches(name);
    }

    /**
     * Whether a weight decay applies to it: to trained weights with two axes or more, which are
     * kernels, recurrent ones included, tables of an embedding and matrices of custom layers. Not
     * to biases, gamma, beta and other vectors, to the slopes of PReLU (He et al., 2015) and to
     * what quantizers learn.
     */
    public boolean isDecayed() {
      return isDecayed;
    }

    /** Has no weight decay apply to it, whatever its shape. */
    Variable undecayed() {
      isDecayed = false;
      return this;
    }

    /** The resource, for operations that assign. */
    public Operand<? extends TType> handle() {
      return nodes.handle;
    }

    /** How many numbers it holds. */
    public int size() {
      int size = 1;
      for (int dimension : shape) {
        size *= dimension;
      }
      return size;
    }

    private Shape tfShape() {
      return Shape.of(Arrays.stream(shape).asLongStream().toArray());
    }
  }

  /**
   * A variable in one graph.
   *
   * @param handle the resource
   * @param value is fed to {@code assign}
   */
  private record Nodes(
      VarHandleOp handle, Placeholder<TFloat32> value, Op assign, Operand<TFloat32> read) {
    static Nodes of(Ops tf, String name, Shape shape) {
      String unique = Tensors.scopeName(name);
      var handle =
          tf.withName(unique).varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
      var value =
          tf.withName(unique + ".value").placeholder(TFloat32.class, Placeholder.shape(shape));
      return new Nodes(
          handle,
          value,
          tf.withName(unique + ".assign").assignVariableOp(handle, value),
          tf.withName(unique + ".read").readVariableOp(handle, TFloat32.class));
    }
  }

  private Ops tf;
  private Session session;
  private final Map<String, Variable> byName = new LinkedHashMap<>();

  /** What was written since the graph ran. */
  private final Map<Variable, float[]> written = new LinkedHashMap<>();

  /** What was read since the graph ran. */
  private final Map<Variable, float[]> known = new HashMap<>();

  Variables(Ops tf, Session session) {
    putInto(tf, session);
  }

  /** Takes all values out of the graph, which is about to be closed. */
  synchronized void takeOut() {
    byName.values().forEach(variable -> written.put(variable, read(variable)));
    known.clear();
  }

  /** Moves to a new graph. */
  final synchronized void putInto(Ops newOps, Session newSession) {
    tf = newOps.withSubScope("variables");
    session = newSession;
    byName
        .values()
        .forEach(variable -> variable.nodes = Nodes.of(tf, variable.name, variable.tfShape()));
  }

  /**
   * The variable of that name, made and filled at the first call.
   *
   * @param initial its first values, row by row
   * @throws IllegalArgumentException if it exists with another shape or role
   */
  public synchronized Variable declare(String name, int[] shape, Role role, InitialValues initial) {
    Variable declared = byName.get(name);
    if (declared != null) {
      if (!Arrays.equals(declared.shape, shape) || declared.role != role) {
        throw new IllegalArgumentException(
            "variable '"
                + name
                + "' of shape "
                + Arrays.toString(shape)
                + " exists with shape "
                + Arrays.toString(declared.shape));
      }
      return declared;
    }
    Variable made = new Variable(tf, name, shape, role);
    byName.put(name, made);
    write(made, initial.values(made.size()));
    return made;
  }

  /** What a variable starts with. */
  @FunctionalInterface
  public interface InitialValues {
    /** The first {@code size} values, row by row. */
    float[] values(int size);

    /** The same value everywhere. */
    static InitialValues constant(float value) {
      return size -> {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
      };
    }
  }

  /** All variables that there are now, in order of declaration. */
  public synchronized Collection<Variable> all() {
    return List.copyOf(byName.values());
  }

  /** The variable of that name, or null. */
  public synchronized @Nullable Variable find(String name) {
    return byName.get(name);
  }

  /** Its values now, row by row. */
  public synchronized float[] read(Variable variable) {
    float[] newest = written.get(variable);
    if (newest == null && !known.containsKey(variable)) {
      readAll();
    }
    return Objects.requireNonNull(newest == null ? known.get(variable) : newest).clone();
  }

  private void readAll() {
    Session.Runner runner = session.runner();
    List<Variable> wanted =
        byName.values().stream().filter(variable -> !written.containsKey(variable)).toList();
    wanted.forEach(variable -> runner.fetch(variable.nodes.read));
    try (Result result = runner.run()) {
      for (int i = 0; i < wanted.size(); i++) {
        known.put(wanted.get(i), Tensors.toArray((TFloat32) result.get(i)));
      }
    }
  }

  /**
   * Sets its values.
   *
   * @throws IllegalArgumentException if their number is not the variable's
   */
  public synchronized void write(Variable variable, float[] values) {
    if (values.length != variable.size()) {
      throw new IllegalArgumentException(
          values.length
              + " values for variable '"
              + variable.name
              + "', which holds "
              + variable.size());
    }
    written.put(variable, values.clone());
  }

  /** Brings what was written into the graph, and forgets what was read: the graph will run. */
  synchronized void beforeRun() {
    known.clear();
    if (written.isEmpty()) {
      return;
    }
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      written.forEach(
          (variable, values) -> {
            TFloat32 tensor =
                TFloat32.tensorOf(variable.tfShape(), DataBuffers.of(values, true, false));
            tensors.add(tensor);
            runner.feed(variable.nodes.value, tensor).addTarget(variable.nodes.assign);
          });
      runner.run().close();
      written.clear();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }
}
