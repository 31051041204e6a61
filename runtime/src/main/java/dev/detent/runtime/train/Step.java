package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
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

  private final @Nullable Updates updates;
  private final List<TeacherFeed> teacherFeeds = new ArrayList<>();
  private @Nullable Operand<TFloat32> exampleWeights;

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
      LayerTensor output = Objects.requireNonNull(pass.outputs().get(goal.output())).trained();
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
        targets.add(new Feeder.TargetFeed(goal.output(), labels, true, shape, false));
        if (!goal.classWeights().isEmpty()) {
          var ofClass = tf.gather(tf.constant(classWeights(goal, shape)), labels, tf.constant(0));
          weights = weights == null ? ofClass : tf.math.mul(weights, ofClass);
        }
      } else {
        var values = tf.placeholder(TFloat32.class, Placeholder.shape(Tensors.batchOf(shape)));
        wanted = values;
        targets.add(
            new Feeder.TargetFeed(goal.output(), values, false, shape, goal.leavesMissingOut()));
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
    updates =
        learning == null
            ? null
            : new Updates(
                graph.variables(),
                pass,
                tf,
                loss,
                tf.debugging.checkNumerics(loss, LOSS),
                learning);
  }

  private static float[] classWeights(Goal goal, int[] shape) {
    int classes = shape[shape.length - 1];
    if (shape.length > 1) {
      throw new TrainingException(
          ("output '%s' has a class for each of its places, so class weights belong to its loss: see"
                  + " Losses.weightedCategoricalCrossEntropy")
              .formatted(goal.output()));
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

  /** Trains on a batch. */
  void train(Batch batch, Feed feed, Tally tally) {
    Updates learned = Objects.requireNonNull(updates, "a step of an evaluation trains nothing");
    List<TFloat32> fed = new ArrayList<>();
    try (TInt64 seedTensor = TInt64.scalarOf(feed.step())) {
      // Before the lock: a teacher has one of its own.
      List<float[]> answers = feed.teacher() == null ? List.of() : feed.teacher().logits(batch);
      run(
          batch,
          runner -> {
            feed(runner, fed, learned.learningRate(), TFloat32.scalarOf((float) feed.rate()));
            feed(
                runner, fed, learned.optimizerStep(), TFloat32.scalarOf(feed.optimizerStep() + 1f));
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
            learned.ofStep(feed.step()).forEach(runner::addTarget);
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

  /** The names of the metrics. */
  Set<String> metricNames() {
    return Collections.unmodifiableSet(metrics.keySet());
  }

  /** Sums to add this step's results to. */
  Tally tally() {
    return new Tally(List.copyOf(losses.keySet()), List.copyOf(metrics.keySet()));
  }

  /** The layers whose batch norm the optimizer leaves alone. */
  Set<String> frozenBatchNorms() {
    return updates == null ? Set.of() : updates.frozenBatchNorms();
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
