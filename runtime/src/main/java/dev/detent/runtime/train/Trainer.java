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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  /** A loss that has grown so many times does not come back. */
  private static final double MOST_GROWTH = 1e6;

  /** Where a training begins with less, as one of a trained model, growth counts from here. */
  private static final double SMALL_LOSS = 1e-3;

  private final ModelGraph graph;
  private final String model;
  private final Map<StepKey, Step> steps = new HashMap<>();
  private int built;
  private boolean isUnfinished;
  private @Nullable List<Op> calibration;
  private @Nullable List<Op> fitting;
  private Map<String, List<String>> classNames = Map.of();

  /** What makes two steps the same operations. */
  private record StepKey(Pass pass, @Nullable Optimizer optimizer, List<Object> measured) {}

  /** A trainer of the model of that name. */
  public Trainer(ModelGraph graph, String model) {
    this.graph = graph;
    this.model = model;
  }

  /**
   * Trains.
   *
   * @param quantized quantization-aware
   * @param optimizer with the learning rate before the schedule
   * @throws TrainingException if the loss is no number or has grown a million times, or a
   *     checkpoint belongs to another training
   */
  public History fit(Examples examples, Fit<?> fit, boolean quantized, Optimizer optimizer) {
    ExampleCheck check = exampleCheck();
    checkForTraining(examples);
    fit.validation()
        .ifPresent(
            held -> check.check("the validation examples", held, check.classNames(examples)));
    Set<String> outputs = graph.pass(Pass.FLOAT).outputs().keySet();
    for (String output : fit.namedLosses().keySet()) {
      if (!outputs.contains(output)) {
        throw new TrainingException(
            "there is a loss for '" + output + "', which is no output; there is " + outputs);
      }
    }
    Batches plain = batches(examples, fit.batchSize()).shuffled(graph.seed()).dropRemainder(true);
    Batches batches = fit.augmentation().map(plain::augmented).orElse(plain);
    long stepsPerEpoch = batches.count();
    long total = stepsPerEpoch * fit.epochs();
    String task = quantized ? "QAT" : "float";
    var progress = new Progress(fit.progress(), task, fit.epochs(), fit.output());
    progress.building();
    resetSlots(optimizer);
    try (Checkpoints checkpoints = checkpoints(examples, fit, quantized, optimizer, batches)) {
      List<Epoch> history = new ArrayList<>();
      if (checkpoints != null) {
        history.addAll(
            checkpoints.resume(
                graph.variables(),
                variable -> TrainingIdentity.isStart(variable, quantized),
                isUnfinished,
                line -> progress.say(task + " " + line)));
      }
      isUnfinished = true;
      if (fit.epochs() > 0) {
        // What cannot be measured is refused before anything is trained.
        stepFor(examples, fit, quantized, optimizer, 0, total);
        Pass evaluated = quantized ? Pass.QUANTIZED : Pass.FLOAT;
        fit.validation().ifPresent(held -> step(evaluated, held, fit, null));
        classNames(check.classNames(examples));
      }
      double first = history.isEmpty() ? Double.NaN : history.get(0).training().loss();
      for (int number = history.size() + 1; number <= fit.epochs(); number++) {
        long start = System.nanoTime();
        progress.startEpoch(number, stepsPerEpoch * batches.batchSize());
        long step = (number - 1) * stepsPerEpoch;
        double rate = 0;
        Step.Tally tally = stepFor(examples, fit, quantized, optimizer, step, total).tally();
        try (BatchIterator iterator = batches.epoch(number - 1)) {
          while (iterator.hasNext()) {
            Batch batch = iterator.next();
            Step now = stepFor(examples, fit, quantized, optimizer, step, total);
            rate = optimizer.learningRate() * fit.schedule().factor(step, total);
            train(now, batch, rate, step, tally);
            step++;
            Measures running = tally.measures();
            if (Double.isNaN(first)) {
              first = running.loss();
            }
            requireNotDiverged(first, running.loss(), step);
            progress.step(running);
          }
        } finally {
          progress.stopEpoch();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Measures validation =
            fit.validation().map(held -> evaluate(held, fit, quantized)).orElse(null);
        Epoch epoch = new Epoch(number, tally.measures(), validation, seconds, rate);
        history.add(epoch);
        progress.endEpoch(epoch, seconds * (fit.epochs() - number));
        if (checkpoints != null) {
          checkpoints.save(graph.variables(), history);
        }
        fit.listeners().forEach(listener -> listener.accept(epoch));
        tidy();
      }
      isUnfinished = false;
      return new History(history);
    }
  }

  /** Batches of so many examples, or of all where these are fewer. */
  private static Batches batches(Examples examples, int size) {
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
    Step step = step(pass, examples, fit, null);
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

  private Step stepFor(
      Examples examples,
      Fit<?> fit,
      boolean quantized,
      Optimizer optimizer,
      long step,
      long total) {
    Pass pass = Pass.FLOAT_TRAINING;
    if (quantized) {
      boolean observing = step < fit.rangeWarmUp() * total;
      boolean frozen = step >= fit.batchNormFreeze() * total;
      pass = new Pass(true, true, observing, frozen);
    }
    // The learning rate is fed, so optimizers that differ in it alone share a step.
    return step(pass, examples, fit, optimizer);
  }

  private Step step(Pass pass, Examples examples, Fit<?> fit, @Nullable Optimizer optimizer) {
    List<Object> measured = new ArrayList<>();
    int index = 0;
    for (String output : graph.pass(pass).outputs().keySet()) {
      boolean classes = examples.targets().get(index++).isClasses();
      measured.add(fit.lossOf(output, classes));
      measured.add(classes);
      measured.add(fit.metricsOf(classes));
    }
    Optimizer any = optimizer == null ? null : optimizer.learningRate(1);
    StepKey key = new StepKey(pass, any, measured);
    synchronized (graph.lock()) {
      Step known = steps.get(key);
      if (known == null) {
        known = built(pass, examples, fit, optimizer);
        Set<String> frozen = known.frozenBatchNorms();
        if (!frozen.isEmpty()) {
          known.close();
          known = built(pass.frozen(frozen), examples, fit, optimizer);
        }
        steps.put(key, known);
      }
      return known;
    }
  }

  private Step built(Pass pass, Examples examples, Fit<?> fit, @Nullable Optimizer optimizer) {
    PassGraph passGraph = graph.pass(pass);
    built++;
    return graph.build(() -> new Step(graph, passGraph, examples, fit, optimizer));
  }

  /** The mean of an epoch so far is compared, so that one batch of outliers is none. */
  private static void requireNotDiverged(double first, double now, long step) {
    if (now > MOST_GROWTH * Math.max(first, SMALL_LOSS)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "the training has diverged: its loss was %.4g at first and is %.4g in step %d; lower"
                  + " the learning rate, or check the inputs' scale and the labels",
              first,
              now,
              step));
    }
  }

  private void train(Step step, Batch batch, double rate, long number, Step.Tally tally) {
    try {
      step.train(batch, rate, number, tally);
    } catch (TFInvalidArgumentException e) {
      if (String.valueOf(e.getMessage()).contains(Step.LOSS_IS_NO_NUMBER)) {
        throw new TrainingException(notANumber(step, batch, number), e);
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

  /** Makes sure that all variables exist before anything is read or saved; the slots are 0. */
  private void resetSlots(Optimizer optimizer) {
    graph.pass(Pass.FLOAT);
    for (Variables.Variable variable : List.copyOf(graph.variables().all())) {
      if (variable.role().isTrained()) {
        // Of all weights: some are trained in the last part of a fine-tuning only.
        Step.slots(graph.variables(), variable, optimizer);
      } else if (variable.role() == Variables.Role.SLOT) {
        graph.variables().write(variable, new float[variable.size()]);
      }
    }
  }

  private @Nullable Checkpoints checkpoints(
      Examples examples, Fit<?> fit, boolean quantized, Optimizer optimizer, Batches batches) {
    return fit.checkpoints()
        .map(
            folder ->
                new Checkpoints(
                    folder,
                    model + (quantized ? "_qat" : "_float"),
                    TrainingIdentity.of(
                        graph, model, examples, fit, quantized, optimizer, batches)))
        .orElse(null);
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

  private ExampleCheck exampleCheck() {
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
