package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.HostSite;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.quantizer.HistogramQuantizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** Trains and evaluates one model. */
public final class Trainer implements AutoCloseable {

  /** Examples in one batch of an evaluation; has no effect on the result. */
  private static final int EVALUATION_BATCH = 100;

  /** Steps in one graph, after which it is built anew with those that are still used. */
  private static final int MOST_STEPS = 16;

  private final ModelGraph graph;
  private final String model;
  private final Map<StepKey, Step> steps = new HashMap<>();
  private int built;
  private boolean isUnfinished;
  private long optimizerSteps;
  private @Nullable List<Op> calibration;
  private @Nullable List<Op> fitting;
  private Map<String, List<String>> classNames = Map.of();

  /** What makes two steps the same operations. */
  private record StepKey(Pass pass, @Nullable Learning learning, List<Goal> goals) {}

  /** A trainer of the model of that name. */
  public Trainer(ModelGraph graph, String model) {
    this.graph = graph;
    this.model = model;
  }

  /**
   * Trains on examples that {@link #checkForTraining} has let pass.
   *
   * @param quantized quantization-aware
   * @param optimizer with the learning rate before the schedule
   * @param frozen the layers that stay as they are
   * @param saver writes the model to a file
   * @throws TrainingException if the loss is no number or has grown a million times, or a
   *     checkpoint belongs to another training
   */
  public History fit(
      Examples examples,
      Fit<?> fit,
      boolean quantized,
      Optimizer optimizer,
      Set<String> frozen,
      Consumer<Path> saver) {
    return new FitRun(this, graph, examples, fit, quantized, optimizer, frozen, saver).train();
  }

  /** Batches of so many examples, or of all where these are fewer. */
  static Batches batches(Examples examples, int size) {
    return Batches.of(examples, Math.min(size, Math.max(1, examples.size())));
  }

  /** Loss and metrics over examples, with weights as they are. */
  public Measures evaluate(Examples examples, Fit<?> fit, boolean quantized) {
    return evaluate(examples, fit, quantized ? Pass.QUANTIZED : Pass.FLOAT, runner -> {});
  }

  /**
   * Loss and metrics of a pass over examples, with weights as they are.
   *
   * @param feeds feeds what the pass has beside inputs and targets
   */
  public Measures evaluate(
      Examples examples, Fit<?> fit, Pass pass, Consumer<Session.Runner> feeds) {
    check(examples);
    Step step = step(pass, examples, fit, null, Set.of());
    Step.Tally tally = step.tally();
    try (BatchIterator iterator = batches(examples, EVALUATION_BATCH).epoch(0)) {
      iterator.forEachRemaining(batch -> step.run(batch, feeds, tally));
    }
    return tally.measures();
  }

  /**
   * Finds the ranges of all activations from float inference over examples.
   *
   * @param ranges in place of the smallest and the largest value; or null
   * @throws TrainingException if the data do not fit, no layer is quantized, or a range is no
   *     number
   */
  public void calibrate(Examples examples, @Nullable HistogramQuantizer ranges) {
    exampleCheck().check("the examples", examples, Map.of()); // whatever their classes are called
    var pass = graph.pass(Pass.CALIBRATION);
    for (Variables.Variable variable : graph.variables().all()) {
      if (variable.countsBatches()) {
        graph.variables().write(variable, new float[] {0});
      }
    }
    if (calibration == null) {
      calibration = pass.rangeUpdates().stream().map(u -> u.assign(graph.ops())).toList();
    }
    if (calibration.isEmpty() && pass.hostSites().isEmpty()) {
      throw new TrainingException(
          model + " has no quantized layer: put @Quantize on the class or on some of its fields");
    }
    var host = new HostCalibration(pass.hostSites(), ranges);
    if (calibration.isEmpty() && host.isEmpty()) {
      return; // weights alone are quantized, and their scales need no data
    }
    Batches batches = batches(examples, host.batchSize(EVALUATION_BATCH));
    boolean isFirst = true;
    try (Feeder feeder = new Feeder(pass, List.of());
        BatchIterator iterator = batches.epoch(0)) {
      while (iterator.hasNext()) {
        Batch batch = iterator.next();
        synchronized (graph.lock()) {
          var runner = feeder.feed(graph.session().runner(), batch);
          calibration.forEach(runner::addTarget);
          host.fetch(runner, isFirst);
          try (Result result = runner.run()) {
            host.take(result, isFirst);
          }
        }
        isFirst = false;
      }
    }
    host.finish(graph.variables());
    if (ranges != null) {
      fit(pass.hostSites());
    }
    for (Variables.Variable variable : graph.variables().all()) {
      boolean isQuantizers =
          variable.role() == Variables.Role.RANGE || variable.role() == Variables.Role.QUANTIZER;
      if (isQuantizers && !finite(graph.variables().read(variable))) {
        throw new TrainingException(
            ("'%s' is not a number after the calibration; clean the data, or train the model until"
                    + " its outputs are numbers")
                .formatted(variable.name()));
      }
    }
  }

  private void fit(List<HostSite> sites) {
    if (fitting == null) {
      fitting =
          sites.stream()
              .flatMap(site -> site.fitting().stream())
              .map(update -> update.assign(graph.ops()))
              .toList();
    }
    if (!fitting.isEmpty()) {
      synchronized (graph.lock()) {
        var runner = graph.session().runner();
        fitting.forEach(runner::addTarget);
        runner.run().close();
      }
    }
  }

  // ---------------------------------------------------------------- one training step

  /**
   * The step of a pass; built at the first call.
   *
   * @param optimizer null for evaluation
   * @param frozen the layers that stay as they are
   */
  Step step(
      Pass pass, Examples examples, Fit<?> fit, @Nullable Optimizer optimizer, Set<String> frozen) {
    List<Goal> goals = new ArrayList<>();
    for (String output : graph.pass(pass).outputs().keySet()) {
      Goal goal = fit.goal(output, examples.targets().get(goals.size()));
      goals.add(optimizer == null ? goal.measuredOnly() : goal);
    }
    // The learning rate is fed, so optimizers that differ in it alone share a step.
    Learning learning = optimizer == null ? null : Learning.of(fit, optimizer, frozen);
    StepKey key = new StepKey(pass, learning, goals);
    synchronized (graph.lock()) {
      Step known = steps.get(key);
      if (known == null) {
        known = built(pass.frozen(frozen), examples, goals, learning);
        Set<String> still = known.frozenBatchNorms();
        if (!frozen.containsAll(still)) {
          known.close();
          Set<String> all = new TreeSet<>(frozen);
          all.addAll(still);
          known = built(pass.frozen(all), examples, goals, learning);
        }
        steps.put(key, known);
      }
      return known;
    }
  }

  private Step built(Pass pass, Examples examples, List<Goal> goals, @Nullable Learning learning) {
    PassGraph passGraph = graph.pass(pass);
    built++;
    return graph.build(() -> new Step(graph, passGraph, examples, goals, learning));
  }

  /** Trains on a batch. */
  void train(Step step, Batch batch, Step.Feed feed, Step.Tally tally) {
    try {
      step.train(batch, feed, tally);
    } catch (TFInvalidArgumentException e) {
      if (String.valueOf(e.getMessage()).contains(Step.LOSS_IS_NO_NUMBER)) {
        throw new TrainingException(notANumber(step, batch, feed.step()), e);
      }
      throw e;
    }
  }

  /** Finds where the first value that is no number comes from. */
  private String notANumber(Step step, Batch batch, long number) {
    String advice = "; lower the learning rate, or check the inputs' scale and the labels";
    String at = "the loss of step " + (number + 1) + " is not a number: ";
    for (Variables.Variable variable : graph.variables().all()) {
      boolean weight = variable.role().isTrained() || variable.role() == Variables.Role.STATISTIC;
      if (weight && !finite(graph.variables().read(variable))) {
        return at + "'" + variable.name() + "' has diverged in the step before" + advice;
      }
    }
    for (LayerTensor tensor : step.pass().tensors().values()) {
      if (!finite(step.feeder(), batch, tensor.operand())) {
        return at + "it appears first in layer '" + tensor.name() + "'" + advice;
      }
    }
    return at + "every layer's output is finite, so it is the loss or its targets" + advice;
  }

  private boolean finite(Feeder feeder, Batch batch, Operand<TFloat32> operand) {
    synchronized (graph.lock()) {
      try (Result result = feeder.feed(graph.session().runner(), batch).fetch(operand).run()) {
        return finite(Tensors.toArray((TFloat32) result.get(0)));
      }
    }
  }

  private static boolean finite(float[] values) {
    return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
  }

  // ---------------------------------------------------------------- state

  /** The layers that have something to train, by name. */
  public Set<String> trainableLayers() {
    graph.pass(Pass.FLOAT);
    Set<String> layers = new TreeSet<>();
    for (Variables.Variable variable : graph.variables().all()) {
      if (variable.role() == Variables.Role.TRAINABLE) {
        layers.add(LayerPattern.layerOf(variable.name()));
      }
    }
    return layers;
  }

  String model() {
    return model;
  }

  /** Whether a training was tried and did not come to its end. */
  boolean isUnfinished() {
    return isUnfinished;
  }

  void isUnfinished(boolean now) {
    isUnfinished = now;
  }

  /** How many changes the optimizer has made in trainings that kept its state. */
  long optimizerSteps() {
    return optimizerSteps;
  }

  void optimizerSteps(long steps) {
    optimizerSteps = steps;
  }

  /**
   * Checks that examples fit the model and what it was trained with.
   *
   * @throws TrainingException if there is none, a shape or a number of classes differs, or the
   *     classes have other names than those of the training
   */
  public void check(Examples examples) {
    exampleCheck().check("the examples", examples, classNames);
  }

  /**
   * Checks that examples fit the model, which learns the names of their classes anew.
   *
   * @throws TrainingException if there is none, or a shape or number of classes differs
   */
  public void checkForTraining(Examples examples) {
    exampleCheck().check("the examples", examples, Map.of());
  }

  ExampleCheck exampleCheck() {
    return new ExampleCheck(model, graph.pass(Pass.FLOAT));
  }

  /** The names of the classes of the last training, by output; none where they are unknown. */
  public Map<String, List<String>> classNames() {
    return classNames;
  }

  /** Sets the names of the classes that the weights tell apart. */
  public void classNames(Map<String, List<String>> names) {
    classNames = Map.copyOf(names);
  }

  /**
   * Lets go of steps that may be used no more, if there are many: one with a loss, a metric or an
   * optimizer that was made for a single call is in the graph until that is built anew. For moments
   * when nothing of the graph is in use.
   */
  public void tidy() {
    if (built > MOST_STEPS) {
      close();
      built = 0;
      calibration = null;
      fitting = null;
      graph.renew();
    }
  }

  @Override
  public void close() {
    steps.values().forEach(Step::close);
    steps.clear();
  }
}
