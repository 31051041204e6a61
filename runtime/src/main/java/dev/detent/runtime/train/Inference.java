package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** Runs passes of a model over the same examples, batch by batch, and keeps nothing. */
public final class Inference {
  /** Values of one pass that are held at a time, about: 16 MiB. */
  private static final long HELD_VALUES = 1 << 22;

  private static final int LARGEST_BATCH = 100;

  private Inference() {}

  /**
   * What is wanted of one pass.
   *
   * @param pass which
   * @param tensors names of layers
   */
  public record Query(Pass pass, List<String> tensors) {
    /** Copies the list. */
    public Query {
      tensors = List.copyOf(tensors);
    }
  }

  /** Takes what a batch yields. */
  @FunctionalInterface
  public interface BatchConsumer {
    /**
     * Takes the values of one batch.
     *
     * @param batch valid during this call only
     * @param values for each query one array for each of its tensors, {@code [batch, ...shape]} row
     *     by row
     */
    void accept(Batch batch, List<List<float[]>> values);
  }

  /**
   * Runs all queries on each batch, so many examples at a time as fit into little memory.
   *
   * @param examples at least one
   */
  public static void run(
      ModelGraph graph, Examples examples, List<Query> queries, BatchConsumer consumer) {
    long perExample = 1;
    for (Query query : queries) {
      PassGraph pass = graph.pass(query.pass());
      long values =
          query.tensors().stream().mapToLong(name -> elements(pass.tensor(name).shape())).sum();
      perExample = Math.max(perExample, values);
    }
    int fitting = (int) Math.max(1, Math.min(LARGEST_BATCH, HELD_VALUES / perExample));
    run(graph, examples, fitting, queries, consumer);
  }

  private static long elements(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  /**
   * Runs all queries on each batch.
   *
   * @param examples at least one
   * @param batchSize examples that are held at a time at most, at least 1
   */
  public static void run(
      ModelGraph graph,
      Examples examples,
      int batchSize,
      List<Query> queries,
      BatchConsumer consumer) {
    Batches batches =
        Batches.of(examples, Math.min(batchSize, Math.max(1, examples.size()))).prefetched(1);
    List<Feeder> feeders = new ArrayList<>();
    try (BatchIterator iterator = batches.epoch(0)) {
      for (Query query : queries) {
        feeders.add(new Feeder(graph.pass(query.pass()), List.of()));
      }
      iterator.forEachRemaining(
          batch ->
              consumer.accept(
                  batch,
                  IntStream.range(0, queries.size())
                      .mapToObj(i -> fetch(graph, queries.get(i), feeders.get(i), batch))
                      .toList()));
    } finally {
      feeders.forEach(Feeder::close);
    }
  }

  /**
   * Runs a pass for scalars.
   *
   * @param examples at least one
   * @param batchSize examples that are held at a time at most, at least 1
   * @param scalars of the pass
   * @param consumer takes their values for one batch
   */
  public static void run(
      ModelGraph graph,
      Examples examples,
      int batchSize,
      Pass pass,
      List<? extends Operand<TFloat32>> scalars,
      Consumer<float[]> consumer) {
    Batches batches = Batches.of(examples, Math.min(batchSize, Math.max(1, examples.size())));
    try (BatchIterator iterator = batches.epoch(0);
        Feeder feeder = new Feeder(graph.pass(pass), List.of())) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        float[] values = new float[scalars.size()];
        synchronized (graph.lock()) {
          var runner = feeder.feed(graph.session().runner(), batch);
          scalars.forEach(runner::fetch);
          try (Result result = runner.run()) {
            for (int i = 0; i < values.length; i++) {
              values[i] = ((TFloat32) result.get(i)).getFloat();
            }
          }
        }
        consumer.accept(values);
      }
    }
  }

  /** A pass as a teacher. */
  public static Teacher logits(ModelGraph graph, Pass pass) {
    return batch -> {
      PassGraph built = graph.pass(pass);
      List<Output<TFloat32>> logits =
          built.outputs().values().stream()
              .map(output -> Prediction.of(output.trained()).logits().asOutput())
              .toList();
      try (Feeder feeder = new Feeder(built, List.of())) {
        return fetch(graph, logits, feeder, batch);
      }
    };
  }

  private static List<float[]> fetch(ModelGraph graph, Query query, Feeder feeder, Batch batch) {
    PassGraph pass = graph.pass(query.pass());
    return fetch(
        graph,
        query.tensors().stream().map(name -> pass.tensor(name).operand().asOutput()).toList(),
        feeder,
        batch);
  }

  private static List<float[]> fetch(
      ModelGraph graph, List<Output<TFloat32>> wanted, Feeder feeder, Batch batch) {
    // Layers that do nothing in a pass share a node, which can be fetched once only.
    Set<Output<TFloat32>> nodes = new LinkedHashSet<>(wanted);
    Map<Output<TFloat32>, float[]> fetched = new HashMap<>();
    synchronized (graph.lock()) {
      var runner = feeder.feed(graph.session().runner(), batch);
      nodes.forEach(runner::fetch);
      try (Result result = runner.run()) {
        int index = 0;
        for (Output<TFloat32> node : nodes) {
          fetched.put(node, Tensors.toArray((TFloat32) result.get(index++)));
        }
      }
    }
    return wanted.stream().map(fetched::get).toList();
  }
}
