package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.graph.Update;
import dev.detent.runtime.internal.graph.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.tensorflow.ndarray.buffer.DataBuffers;
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
  private static final String ACCUMULATED = "accumulated";

  /** The slot of a moving average. */
  static final String AVERAGE = "average";

  /** In TensorFlow's message where the loss of a training step is NaN or infinite. */
  static final String LOSS_IS_NO_NUMBER = LOSS + " : Tensor had";

  private final ModelGraph graph;
  private final PassGraph pass;
  private final Feeder feeder;
  private final Operand<TFloat32> loss;
  private final Map<String, Operand<TFloat32>> losses = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> metrics = new LinkedHashMap<>();

  /** What a batch runs that changes the weights. */
  private final List<Op> updates = new ArrayList<>();

  /** What one runs whose gradients are only added up. */
  private final List<Op> additions = new ArrayList<>();

  private final Set<Variables.Variable> untouched = new HashSet<>();
  private final List<TeacherFeed> teacherFeeds = new ArrayList<>();
  private @Nullable Operand<TFloat32> exampleWeights;
  private @Nullable Operand<TFloat32> learningRate;
  private @Nullable Operand<TFloat32> optimizerStep;
  private int accumulation = 1;

  /** How a teacher's answers for one output are fed. */
  private record TeacherFeed(String output, Operand<TFloat32> placeholder, int[] shape) {}

  /** What a training step takes beside a batch. */
  record Feed(
      double rate,
      long step,
      long optimizerStep,
      float @Nullable [] exampleWeights,
      @Nullable Teacher teacher) {}

  /**
   * Adds the operations to the graph.
   *
   * @param learning null for evaluation
   */
  Step(
      ModelGraph graph,
      PassGraph pass,
      Examples like,
      List<Goal> goals,
      @Nullable Learning learning) {
    this.graph = graph;
    this.pass = pass;
    Ops tf = graph.ops().withSubScope(learning == null ? "evaluate" : "train");
    if (learning != null && learning.weighsExamples()) {
      exampleWeights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
    }
    List<Feeder.TargetFeed> targets = new ArrayList<>();
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (Goal goal : goals) {
      LayerTensor output = Objects.requireNonNull(pass.outputs().get(goal.output()));
      int[] shape = output.shape();
      final Operand<TFloat32> wanted;
      Operand<TFloat32> weights = exampleWeights;
      if (goal.isClasses()) {
        int last = shape[shape.length - 1];
        var labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        wanted =
            tf.reshape(
                tf.oneHot(labels, tf.constant(last), tf.constant(1f), tf.constant(0f)),
                tf.constant(whole(shape)));
        targets.add(new Feeder.TargetFeed(goal.output(), labels, true, shape));
        if (!goal.classWeights().isEmpty()) {
          var ofClass = tf.gather(tf.constant(classWeights(goal, shape)), labels, tf.constant(0));
          weights = weights == null ? ofClass : tf.math.mul(weights, ofClass);
        }
      } else {
        var values = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.batchOf(shape)));
        wanted = values;
        targets.add(new Feeder.TargetFeed(goal.output(), values, false, shape));
      }
      Prediction prediction = Prediction.of(output);
      Operand<TFloat32> counted = weights;
      var mean =
          mean(
              tf,
              goal.output(),
              () -> {
                var each = goal.loss().perExample(tf, prediction, wanted);
                if (learning != null && learning.distillation() != null) {
                  each = distilled(tf, goal, prediction, shape, each, learning.distillation());
                }
                return counted == null ? each : tf.math.mul(each, counted);
              });
      means.add(
          goal.lossWeight() == 1
              ? mean
              : tf.math.mul(mean, tf.constant((float) goal.lossWeight())));
      boolean isOneOfSeveral = pass.outputs().size() > 1;
      if (isOneOfSeveral) {
        losses.put(goal.output(), mean);
      }
      String prefix = isOneOfSeveral ? goal.output() + "/" : "";
      for (Metric metric : goal.metrics()) {
        metrics.put(
            prefix + metric.name(),
            mean(tf, goal.output(), () -> metric.perExample(tf, prediction, wanted)));
      }
    }
    feeder = new Feeder(pass, targets);
    if (learning != null) {
      pass.penalty().ifPresent(means::add);
    }
    loss = means.stream().reduce(tf.math::add).orElseThrow();
    if (learning != null) {
      addUpdates(tf, learning);
    }
  }

  private static float[] classWeights(Goal goal, int[] shape) {
    int classes = shape[shape.length - 1];
    if (shape.length > 1) {
      throw new TrainingException(
          "output '%s' has a class for each of its places, so class weights belong to its loss: see"
              + " Losses.weightedCategoricalCrossEntropy".formatted(goal.output()));
    }
    if (goal.classWeights().size() != classes) {
      throw new TrainingException(
          "there are %s class weights for output '%s', which has %s classes"
              .formatted(goal.classWeights().size(), goal.output(), classes));
    }
    float[] weights = new float[classes];
    for (int i = 0; i < classes; i++) {
      weights[i] = goal.classWeights().get(i);
    }
    return weights;
  }

  /** Adds what a teacher's answers have to say to the loss of each example. */
  private Operand<TFloat32> distilled(
      Ops tf,
      Goal goal,
      Prediction prediction,
      int[] shape,
      Operand<TFloat32> own,
      Distillation distillation) {
    var answers = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.batchOf(shape)));
    teacherFeeds.add(new TeacherFeed(goal.output(), answers, shape));
    float t = (float) distillation.temperature();
    float weight = (float) distillation.weight();
    final Operand<TFloat32> apart;
    if (goal.isClasses()) {
      var rows = tf.constant(new int[] {-1, shape[shape.length - 1]});
      var softly = tf.constant(1 / t);
      var teacher = tf.reshape(tf.math.mul(answers, softly), rows);
      var student = tf.reshape(tf.math.mul(prediction.logits(), softly), rows);
      var probability = tf.nn.softmax(teacher);
      // KL = cross-entropy - entropy of the teacher
      var cross = tf.nn.softmaxCrossEntropyWithLogits(student, probability).loss();
      var entropy = tf.nn.softmaxCrossEntropyWithLogits(teacher, probability).loss();
      apart = tf.math.mul(tf.math.sub(cross, entropy), tf.constant(t * t));
    } else {
      apart = tf.math.square(tf.math.sub(prediction.values(), answers));
    }
    var batch = tf.gather(tf.shape(answers), tf.constant(new int[] {0}), tf.constant(0));
    var perExample = tf.concat(List.of(batch, tf.constant(new int[] {-1})), tf.constant(0));
    var each = tf.math.mean(tf.reshape(apart, perExample), tf.constant(1));
    return tf.math.add(
        tf.math.mul(own, tf.constant(1 - weight)), tf.math.mul(each, tf.constant(weight)));
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

  private void addUpdates(Ops tf, Learning learning) {
    var rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    var number = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    learningRate = rate;
    optimizerStep = number;
    GradientRule rule = learning.rule();
    accumulation = rule.accumulation();
    List<Variables.Variable> weights = new ArrayList<>();
    List<Operand<TFloat32>> values = new ArrayList<>();
    pass.trainable()
        .forEach(
            (weight, value) -> {
              if (learning.frozen().contains(LayerPattern.layerOf(weight.name()))) {
                untouched.add(weight);
              } else {
                weights.add(weight);
                values.add(value);
              }
            });
    List<Operand<TFloat32>> gradients = gradients(tf, weights, values);
    // Nothing changes before the loss is known to be a number, and so before all is read.
    var checked = tf.debugging.checkNumerics(loss, LOSS);
    Ops after = tf.withControlDependencies(checked);
    if (accumulation > 1) {
      gradients = accumulated(after, weights, gradients);
    }
    gradients = rule.clip(after, gradients);
    for (int i = 0; i < weights.size(); i++) {
      Variables.Variable weight = weights.get(i);
      List<Variables.Variable> slots = slots(graph.variables(), weight, learning);
      Operand<TFloat32> gradient = gradients.get(i);
      double factor = rule.rate(weight.name());
      Operand<TFloat32> own = factor == 1 ? rate : tf.math.mul(rate, tf.constant((float) factor));
      int ofOptimizer = learning.optimizer().slots().size();
      Op update =
          learning
              .optimizer()
              .apply(
                  after,
                  weight,
                  values.get(i),
                  gradient,
                  slots.subList(0, ofOptimizer),
                  own,
                  number);
      updates.add(update);
      if (isNothing(update, checked)) {
        untouched.add(weight);
      }
      if (accumulation > 1) {
        var sum = slots.get(ofOptimizer);
        var zeros = tf.zerosLike(gradient);
        updates.add(
            tf.withControlDependencies(update, gradient).assignVariableOp(sum.handle(), zeros));
      }
    }
    List<Op> statistics = new ArrayList<>();
    pass.statisticUpdates().stream()
        .filter(
            update -> !learning.frozen().contains(LayerPattern.layerOf(update.variable().name())))
        .forEach(update -> statistics.add(update.assign(after)));
    pass.rangeUpdates().forEach(update -> statistics.add(update.assign(after)));
    updates.addAll(statistics);
    additions.addAll(statistics);
    if (rule.average() > 0) {
      addAverages(tf, rule.average());
    }
  }

  /** The mean of the gradients of some batches, of which this is the last. */
  private List<Operand<TFloat32>> accumulated(
      Ops after, List<Variables.Variable> weights, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Variables.Variable sum = slot(graph.variables(), weights.get(i), ACCUMULATED);
      var before = after.readVariableOp(sum.handle(), TFloat32.class);
      means.add(
          after.math.mul(
              after.math.add(before, gradients.get(i)), after.constant(1f / accumulation)));
      additions.add(after.assignAddVariableOp(sum.handle(), gradients.get(i)));
    }
    return means;
  }

  /** Brings the moving averages of all weights and statistics up to date, after the updates. */
  private void addAverages(Ops tf, double decay) {
    Ops last = tf.withControlDependencies(updates.toArray(Op[]::new));
    for (Variables.Variable weight : averaged(graph.variables())) {
      Variables.Variable average = slot(graph.variables(), weight, AVERAGE);
      var apart =
          last.math.sub(
              last.readVariableOp(weight.handle(), TFloat32.class),
              last.readVariableOp(average.handle(), TFloat32.class));
      updates.add(
          last.assignAddVariableOp(
              average.handle(), last.math.mul(apart, last.constant((float) (1 - decay)))));
    }
  }

  /** What a moving average is kept of: weights and the statistics of batch norm. */
  static List<Variables.Variable> averaged(Variables variables) {
    return variables.all().stream()
        .filter(v -> v.role().isTrained() || v.role() == Variables.Role.STATISTIC)
        .toList();
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

  /** What is kept beside a weight, the optimizer's first; made at the first call. */
  static List<Variables.Variable> slots(
      Variables variables, Variables.Variable weight, Learning learning) {
    List<Variables.Variable> slots = new ArrayList<>();
    for (String slot : learning.optimizer().slots()) {
      slots.add(slot(variables, weight, slot));
    }
    if (learning.rule().accumulation() > 1) {
      slots.add(slot(variables, weight, ACCUMULATED));
    }
    return slots;
  }

  /** A variable beside a weight; made at the first call. */
  static Variables.Variable slot(Variables variables, Variables.Variable weight, String name) {
    return variables.declare(
        weight.name() + "/" + name,
        weight.shape(),
        Variables.Role.SLOT,
        Variables.InitialValues.constant(0));
  }

  /** Trains on a batch. */
  void train(Batch batch, Feed feed, Tally tally) {
    List<TFloat32> fed = new ArrayList<>();
    try (TInt64 seedTensor = TInt64.scalarOf(feed.step())) {
      // Before the lock: a teacher has one of its own.
      List<float[]> answers = feed.teacher() == null ? List.of() : feed.teacher().logits(batch);
      run(
          batch,
          runner -> {
            feed(
                runner,
                fed,
                Objects.requireNonNull(learningRate),
                TFloat32.scalarOf((float) feed.rate()));
            feed(
                runner,
                fed,
                Objects.requireNonNull(optimizerStep),
                TFloat32.scalarOf(feed.optimizerStep() + 1f));
            if (exampleWeights != null) {
              float[] weights = new float[batch.count()];
              for (int i = 0; i < weights.length; i++) {
                weights[i] = Objects.requireNonNull(feed.exampleWeights())[batch.index(i)];
              }
              feed(runner, fed, exampleWeights, TFloat32.vectorOf(weights));
            }
            for (int i = 0; i < teacherFeeds.size(); i++) {
              TeacherFeed to = teacherFeeds.get(i);
              feed(runner, fed, to.placeholder(), answersOf(to, answers, i, batch.count()));
            }
            pass.step().ifPresent(number -> runner.feed(number, seedTensor));
            boolean isLast = (feed.step() + 1) % accumulation == 0;
            (isLast ? updates : additions).forEach(runner::addTarget);
          },
          tally);
    } finally {
      fed.forEach(TFloat32::close);
    }
  }

  private static void feed(
      Session.Runner runner, List<TFloat32> fed, Operand<TFloat32> to, TFloat32 value) {
    fed.add(value);
    runner.feed(to, value);
  }

  private static TFloat32 answersOf(
      TeacherFeed to, List<float[]> answers, int output, int examples) {
    Shape shape = Tensors.withFirst(examples, to.shape());
    float[] values = output < answers.size() ? answers.get(output) : new float[0];
    if (values.length != shape.size()) {
      throw new TrainingException(
          "the teacher answers %s values for output '%s', which has %s: %s of each example"
              .formatted(values.length, to.output(), shape.size(), Arrays.toString(to.shape())));
    }
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
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
