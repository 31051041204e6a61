package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.graph.Update;
import dev.detent.runtime.internal.graph.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** One pass with its losses and metrics and, in training, the updates: what one batch runs. */
final class Step implements AutoCloseable {

  private static final String LOSS = "loss";

  /** In TensorFlow's message where the loss of a training step is NaN or infinite. */
  static final String LOSS_IS_NO_NUMBER = LOSS + " : Tensor had";

  private final ModelGraph graph;
  private final PassGraph pass;
  private final Feeder feeder;
  private final Operand<TFloat32> loss;
  private final Map<String, Operand<TFloat32>> losses = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> metrics = new LinkedHashMap<>();
  private final List<Op> updates = new ArrayList<>();
  private final Set<Variables.Variable> untouched = new HashSet<>();
  private @Nullable Operand<TFloat32> learningRate;
  private @Nullable Operand<TFloat32> optimizerStep;

  /**
   * Adds the operations to the graph.
   *
   * @param optimizer null for evaluation
   */
  Step(ModelGraph graph, PassGraph pass, Examples like, Fit<?> fit, @Nullable Optimizer optimizer) {
    this.graph = graph;
    this.pass = pass;
    Ops tf = graph.ops().withSubScope(optimizer == null ? "evaluate" : "train");
    List<Feeder.TargetFeed> targets = new ArrayList<>();
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (Map.Entry<String, LayerTensor> output : pass.outputs().entrySet()) {
      Targets target = like.targets().get(means.size());
      boolean classes = target.isClasses();
      int[] shape = output.getValue().shape();
      final Operand<TFloat32> wanted;
      if (classes) {
        int last = shape[shape.length - 1];
        var labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        wanted =
            tf.reshape(
                tf.oneHot(labels, tf.constant(last), tf.constant(1f), tf.constant(0f)),
                tf.constant(whole(shape)));
        targets.add(new Feeder.TargetFeed(output.getKey(), labels, true, shape));
      } else {
        var values = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.batchOf(shape)));
        wanted = values;
        targets.add(new Feeder.TargetFeed(output.getKey(), values, false, shape));
      }
      Prediction prediction = Prediction.of(output.getValue());
      Loss own = fit.lossOf(output.getKey(), classes);
      var mean = mean(tf, output.getKey(), () -> own.perExample(tf, prediction, wanted));
      means.add(mean);
      boolean isOneOfSeveral = pass.outputs().size() > 1;
      if (isOneOfSeveral) {
        losses.put(output.getKey(), mean);
      }
      String prefix = isOneOfSeveral ? output.getKey() + "/" : "";
      for (Metric metric : fit.metricsOf(classes)) {
        metrics.put(
            prefix + metric.name(),
            mean(tf, output.getKey(), () -> metric.perExample(tf, prediction, wanted)));
      }
    }
    feeder = new Feeder(pass, targets);
    if (optimizer != null) {
      pass.penalty().ifPresent(means::add);
    }
    loss = means.stream().reduce(tf.math::add).orElseThrow();
    if (optimizer != null) {
      addUpdates(tf, optimizer);
    }
  }

  /** The mean over a batch of what is measured of an output. */
  private static Operand<TFloat32> mean(
      Ops tf, String output, Supplier<Operand<TFloat32>> perExample) {
    try {
      return tf.math.mean(perExample.get(), tf.constant(0));
    } catch (TrainingException e) {
      throw new TrainingException("output '" + output + "': " + e.getMessage(), e);
    }
  }

  private void addUpdates(Ops tf, Optimizer optimizer) {
    var rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    var number = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    learningRate = rate;
    optimizerStep = number;
    List<Variables.Variable> weights = new ArrayList<>(pass.trainable().keySet());
    List<Operand<TFloat32>> values = new ArrayList<>(pass.trainable().values());
    List<Operand<TFloat32>> gradients = gradients(tf, weights, values);
    // Nothing changes before the loss is known to be a number, and so before all is read.
    var checked = tf.debugging.checkNumerics(loss, LOSS);
    Ops after = tf.withControlDependencies(checked);
    for (int i = 0; i < weights.size(); i++) {
      Variables.Variable weight = weights.get(i);
      List<Variables.Variable> slots = slots(graph.variables(), weight, optimizer);
      Operand<TFloat32> gradient = gradients.get(i);
      Op update = optimizer.apply(after, weight, values.get(i), gradient, slots, rate, number);
      updates.add(update);
      if (isNothing(update, checked)) {
        untouched.add(weight);
      }
    }
    pass.statisticUpdates().forEach(update -> updates.add(update.assign(after)));
    pass.rangeUpdates().forEach(update -> updates.add(update.assign(after)));
  }

  /** Whether an optimizer leaves a weight as it is: a no-op that waits for nothing but its turn. */
  private static boolean isNothing(Op update, Op turn) {
    return update.op() instanceof GraphOperation operation
        && operation.type().equals("NoOp")
        && Set.of(turn.op()).containsAll(operation.controlInputs());
  }

  /**
   * The layers whose batch norm the optimizer leaves alone, its gamma and beta, or all of the layer
   * if it has neither. As in Keras, such a batch norm computes as in inference.
   */
  Set<String> frozenBatchNorms() {
    Set<String> frozen = new TreeSet<>();
    for (Update update : pass.statisticUpdates()) {
      String name = update.variable().name();
      String layer = name.substring(0, name.lastIndexOf('/'));
      List<Variables.Variable> weights = trained(layer);
      List<Variables.Variable> own =
          weights.stream()
              .filter(w -> Set.of(layer + "/gamma", layer + "/beta").contains(w.name()))
              .toList();
      List<Variables.Variable> deciding = own.isEmpty() ? weights : own;
      if (!deciding.isEmpty() && untouched.containsAll(deciding)) {
        frozen.add(layer);
      }
    }
    return frozen;
  }

  private List<Variables.Variable> trained(String layer) {
    return pass.trainable().keySet().stream()
        .filter(weight -> weight.role() == Variables.Role.TRAINABLE)
        .filter(weight -> weight.name().startsWith(layer + "/"))
        .toList();
  }

  private List<Operand<TFloat32>> gradients(
      Ops tf, List<Variables.Variable> weights, List<Operand<TFloat32>> values) {
    List<Operand<TFloat32>> result = new ArrayList<>();
    try {
      Gradients all = tf.gradients(loss, values);
      for (int i = 0; i < values.size(); i++) {
        result.add(checked(tf, weights.get(i), all.dy(i)));
      }
    } catch (TFInvalidArgumentException e) {
      for (int i = 0; isMissing(e) && i < weights.size(); i++) {
        try {
          tf.gradients(loss, List.of(values.get(i)));
        } catch (TFInvalidArgumentException ofThis) {
          throw noGradient(weights.get(i), ofThis);
        }
      }
      throw e;
    }
    return result;
  }

  /** The gradient of a user's parameter, which does not exist where the user's code gives none. */
  private static Operand<TFloat32> checked(
      Ops tf, Variables.Variable weight, Operand<TFloat32> gradient) {
    if (weight.role() != Variables.Role.QUANTIZER) {
      return gradient;
    }
    try {
      return tf.identity(gradient);
    } catch (IllegalStateException e) {
      throw isMissing(e) ? noGradient(weight, e) : e;
    }
  }

  /** TensorFlow Java takes a gradient that does not exist for one of a graph that was closed. */
  private static boolean isMissing(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("unreachable") || message.contains("close() was called on the Graph");
  }

  private static TrainingException noGradient(Variables.Variable weight, Exception cause) {
    return new TrainingException(
        "no gradient reaches '"
            + weight.name()
            + "', so it cannot be trained"
            + (weight.role() == Variables.Role.QUANTIZER
                ? ": its quantizer must use it in quantize, with a gradient of its own or through"
                    + " Grid.quantizeLearned, or keep it as a state"
                : ""),
        cause);
  }

  /** What an optimizer keeps beside a weight; made at the first call. */
  static List<Variables.Variable> slots(
      Variables variables, Variables.Variable weight, Optimizer optimizer) {
    List<Variables.Variable> slots = new ArrayList<>();
    for (String slot : optimizer.slots()) {
      slots.add(
          variables.declare(
              weight.name() + "/" + slot,
              weight.shape(),
              Variables.Role.SLOT,
              Variables.InitialValues.constant(0)));
    }
    return slots;
  }

  /** Trains on a batch. */
  void train(Batch batch, double rate, long step, Tally tally) {
    try (TFloat32 rateTensor = TFloat32.scalarOf((float) rate);
        TFloat32 stepTensor = TFloat32.scalarOf(step + 1f);
        TInt64 seedTensor = TInt64.scalarOf(step)) {
      run(
          batch,
          runner -> {
            runner.feed(learningRate, rateTensor).feed(optimizerStep, stepTensor);
            pass.step().ifPresent(number -> runner.feed(number, seedTensor));
            updates.forEach(runner::addTarget);
          },
          tally);
    }
  }

  /** Evaluates a batch, or what else is asked for. */
  void run(Batch batch, Consumer<Session.Runner> more, Tally tally) {
    synchronized (graph.lock()) {
      Session.Runner runner = feeder.feed(graph.session().runner(), batch);
      more.accept(runner);
      runner.fetch(loss);
      losses.values().forEach(runner::fetch);
      metrics.values().forEach(runner::fetch);
      try (Result result = runner.run()) {
        double[] values = new double[losses.size() + metrics.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = ((TFloat32) result.get(i + 1)).getFloat();
        }
        tally.add(batch.count(), ((TFloat32) result.get(0)).getFloat(), values);
      }
    }
  }

  /** Sums to add this step's results to. */
  Tally tally() {
    return new Tally(List.copyOf(losses.keySet()), List.copyOf(metrics.keySet()));
  }

  PassGraph pass() {
    return pass;
  }

  Feeder feeder() {
    return feeder;
  }

  private static int[] whole(int[] shape) {
    return IntStream.concat(IntStream.of(-1), IntStream.of(shape)).toArray();
  }

  @Override
  public void close() {
    feeder.close();
  }

  /** Means over batches of unequal size. */
  static final class Tally {
    private final List<String> losses;
    private final List<String> metrics;
    private final double[] sums;
    private double loss;
    private long examples;

    private Tally(List<String> losses, List<String> metrics) {
      this.losses = losses;
      this.metrics = metrics;
      sums = new double[losses.size() + metrics.size()];
    }

    void add(int count, double batchLoss, double[] batchValues) {
      examples += count;
      loss += batchLoss * count;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += batchValues[i] * count;
      }
    }

    Measures measures() {
      return new Measures(
          loss / examples, means(losses, 0), means(metrics, losses.size()), examples);
    }

    private Map<String, Double> means(List<String> names, int from) {
      Map<String, Double> means = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        means.put(names.get(i), sums[from + i] / examples);
      }
      return means;
    }
  }
}
