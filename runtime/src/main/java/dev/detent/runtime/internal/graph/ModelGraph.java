package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * A model's TensorFlow graph and session: its variables, and its passes, built when first used.
 *
 * <p>Whoever runs the graph or builds in it holds its {@link #lock}: two runs of one session at
 * once can yield wrong numbers or end the process, because TensorFlow's oneDNN convolutions keep
 * what they work on, and a variable is there for others once it was written.
 */
public final class ModelGraph implements AutoCloseable {

  /**
   * TensorFlow optimizes the graph anew for every set of results that is asked for, which takes far
   * longer than a run over a few examples. Twice finds what once finds; the rest left out here has
   * nothing to find in a graph without functions, loops and conditions.
   */
  private static final ConfigProto CONFIG =
      ConfigProto.newBuilder()
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(
                      RewriterConfig.newBuilder()
                          .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
                          .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)
                          .setFunctionOptimization(RewriterConfig.Toggle.OFF)
                          .setLoopOptimization(RewriterConfig.Toggle.OFF)
                          .setShapeOptimization(RewriterConfig.Toggle.OFF)
                          .setImplementationSelector(RewriterConfig.Toggle.OFF)
                          .setExperimentalConditionalCodeMotion(RewriterConfig.Toggle.OFF)
                          .setDisableTfgOptimizer(true)
                          .setCommonSubgraphElimination(RewriterConfig.Toggle.OFF)))
          .build();

  private Graph graph = new Graph();
  private Session session = session(graph);
  private Ops tf = GraphScope.ops(graph);
  private final Variables variables = new Variables(tf, session);
  private final Map<Pass, PassGraph> passes = new HashMap<>();
  private final Consumer<NetworkBuilder> layers;
  private final long seed;
  private PassBuilder.@Nullable Facts facts;
  private boolean isBuilding;

  /**
   * An empty graph.
   *
   * @param layers the generated {@code network} method
   * @param seed what the first weights depend on
   */
  public ModelGraph(Consumer<NetworkBuilder> layers, long seed) {
    this.layers = layers;
    this.seed = seed;
  }

  /** The same model with variables of its own, as they start. */
  public ModelGraph another() {
    ModelGraph other = new ModelGraph(layers, seed);
    other.facts = facts();
    return other;
  }

  /** Held by the one thread that runs the graph or builds in it. */
  public Object lock() {
    return variables;
  }

  /** That pass; built at the first call. */
  public PassGraph pass(Pass pass) {
    synchronized (lock()) {
      PassGraph known = passes.get(pass);
      if (known == null) {
        PassBuilder.Facts all = facts();
        known = build(() -> built(pass, all));
        passes.put(pass, known);
      }
      return known;
    }
  }

  /** What the model is. */
  public Network network() {
    return facts().network();
  }

  private PassBuilder.Facts facts() {
    synchronized (lock()) {
      if (facts == null) {
        facts = build(this::described);
      }
      return facts;
    }
  }

  private PassBuilder.Facts described() {
    NetworkBuilder builder = new NetworkBuilder();
    layers.accept(builder);
    Network network = builder.build();
    return new PassBuilder.Facts(network, narrowestKernel(network), ScaleLimit.of(network));
  }

  private PassGraph built(Pass pass, PassBuilder.Facts all) {
    var builder = new PassBuilder(tf.withSubScope(pass.scope()), pass, seed, variables, all);
    GraphReader.read(all.network(), builder);
    return builder.build();
  }

  private static int narrowestKernel(Network network) {
    return network.operations().stream()
        .filter(Operation.Weighted.class::isInstance)
        .map(operation -> ((Operation.Weighted) operation).weights().quantization())
        .filter(Objects::nonNull)
        .mapToInt(WeightQuantization::bits)
        .min()
        .orElse(Integer.SIZE);
  }

  /**
   * Builds operations, in which users' code may have a part.
   *
   * @throws IllegalStateException if that code has the model build or compute something meanwhile
   */
  public <T> T build(Supplier<T> work) {
    synchronized (lock()) {
      requireBuilt();
      isBuilding = true;
      try {
        return work.get();
      } finally {
        isBuilding = false;
      }
    }
  }

  private void requireBuilt() {
    if (isBuilding) {
      throw new IllegalStateException(
          "a layer, quantizer, loss, metric or optimizer has called its own model while it"
              + " describes what to compute; call the model before or afterwards");
    }
  }

  /** Builds operations of this graph. */
  public Ops ops() {
    return tf;
  }

  /**
   * Runs this graph, with all variables as they were set; ask for it anew for every run, with the
   * {@link #lock}.
   */
  public Session session() {
    requireBuilt();
    variables.beforeRun();
    return session;
  }

  /** The variables of all passes built so far. */
  public Variables variables() {
    return variables;
  }

  /** What the first weights depend on. */
  public long seed() {
    return seed;
  }

  /**
   * Starts anew with the same variables and without operations: a TensorFlow graph only grows, and
   * the memory of what is not used any more comes back with the whole graph. No pass or operation
   * from before may be used then.
   */
  public void renew() {
    synchronized (lock()) {
      variables.takeOut();
      close();
      passes.clear();
      graph = new Graph();
      session = session(graph);
      tf = GraphScope.ops(graph);
      variables.putInto(tf, session);
    }
  }

  private static Session session(Graph graph) {
    return new Session(graph, CONFIG);
  }

  @Override
  public void close() {
    session.close();
    CustomGradients.release(graph);
    graph.close();
  }
}
