package dev.detent.runtime.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Names operations of one graph, as TensorFlow Java's own scope does, without looking at the whole
 * graph for each {@link #withSubScope}: TensorFlow Java's walks over all operations there are, so
 * that building a graph takes time with the square of its size.
 *
 * <p>All scopes of a graph share one list of the names that were given. What TensorFlow names
 * itself, the operations of gradients, lies below names from this list and meets none of them.
 */
record GraphScope(
    Graph graph,
    Map<String, Integer> given,
    String prefix,
    Optional<String> name,
    List<Operation> controls,
    DeviceSpec device,
    boolean isInit)
    implements Scope {

  /** Builds operations of a graph that nothing was built in yet. */
  static Ops ops(Graph graph) {
    var device = DeviceSpec.newBuilder().build();
    Scope base =
        new GraphScope(graph, new HashMap<>(), "", Optional.empty(), List.of(), device, false);
    return Ops.create(new Base(graph, base));
  }

  @Override
  public ExecutionEnvironment env() {
    return graph;
  }

  @Override
  public Scope withSubScope(String child) {
    return new GraphScope(
        graph, given, prefix + checked(child) + "/", Optional.empty(), controls, device, isInit);
  }

  @Override
  public Scope withName(String operation) {
    Optional<String> named = Optional.of(checked(operation));
    return new GraphScope(graph, given, prefix, named, controls, device, isInit);
  }

  @Override
  public Scope withNameAsSubScope(String defaultName) {
    return withSubScope(name.orElse(defaultName));
  }

  @Override
  public Scope withDevice(DeviceSpec wanted) {
    return new GraphScope(graph, given, prefix, name, controls, wanted, isInit);
  }

  @Override
  public Scope withInitScope() {
    return new GraphScope(graph, given, prefix, name, List.of(), device, true);
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> before) {
    List<Operation> all = new ArrayList<>();
    for (Operation operation : before) {
      graph.checkInput(operation);
      all.add(operation);
    }
    return new GraphScope(graph, given, prefix, name, all, device, isInit);
  }

  @Override
  public String makeOpName(String defaultName) {
    return prefix + makeUnique(name.orElse(defaultName));
  }

  /** Adds {@code _1} and so on where the name was given in this scope before. */
  @Override
  public String makeUnique(String id) {
    checked(id);
    String unique = id;
    while (given.containsKey(prefix + unique)) {
      int next = given.merge(prefix + id, 1, Integer::sum);
      unique = id + "_" + next;
    }
    given.put(prefix + unique, 0);
    return unique;
  }

  @Override
  public void refreshNames() {
    graph.operations().forEachRemaining(operation -> given.putIfAbsent(operation.name(), 0));
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    builder.setDevice(device.toString());
    controls.forEach(builder::addControlInput);
    return builder;
  }

  @Override
  public String getDeviceString() {
    return device.toString();
  }

  private static String checked(String name) {
    if (!Scope.isValidOpName(name)) {
      throw new IllegalArgumentException("'" + name + "' cannot name an operation of TensorFlow");
    }
    return name;
  }

  /** A graph with another scope to start from; {@link Ops} can be made in no other way. */
  private record Base(Graph graph, Scope baseScope) implements ExecutionEnvironment {
    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(org.tensorflow.ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
