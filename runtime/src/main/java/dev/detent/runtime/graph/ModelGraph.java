package dev.detent.runtime.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/** A model's TensorFlow graph and session: its variables, and its passes, built when first used. */
public final class ModelGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session = new Session(graph);
  private final Ops tf = GraphScope.ops(graph);
  private final Variables variables = new Variables(tf, session);
  private final Map<Pass, PassGraph> passes = new HashMap<>();
  private final Consumer<GraphBuilder> layers;
  private final long seed;
  private int narrowestKernel = Integer.SIZE;

  /**
   * An empty graph.
   *
   * @param layers the generated {@code graph} method
   * @param seed what the first weights depend on
   */
  public ModelGraph(Consumer<GraphBuilder> layers, long seed) {
    this.layers = layers;
    this.seed = seed;
  }

  /** That pass; built at the first call. */
  public PassGraph pass(Pass pass) {
    PassGraph known = passes.get(pass);
    if (known == null) {
      if (pass.quantized()) {
        pass(Pass.FLOAT); // tells how wide the weights are
      }
      var builder =
          new PassBuilder(tf.withSubScope(pass.scope()), pass, seed, variables, narrowestKernel);
      layers.accept(new GraphBuilder(builder));
      known = builder.build();
      narrowestKernel = builder.narrowestKernel();
      passes.put(pass, known);
    }
    return known;
  }

  /** Builds operations of this graph. */
  public Ops ops() {
    return tf;
  }

  /** Runs this graph, with all variables as they were set; ask for it anew for every run. */
  public Session session() {
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

  @Override
  public void close() {
    session.close();
    CustomGradients.release(graph);
    graph.close();
  }
}
