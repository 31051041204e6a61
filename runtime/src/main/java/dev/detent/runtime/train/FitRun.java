package dev.detent.runtime.train;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One training, from its first epoch to its last. */
final class FitRun implements TrainingRun {

  /** A loss that has grown so many times does not come back. */
  private static final double MOST_GROWTH = 1e6;

  /** Where a training begins with less, as one of a trained model, growth counts from here. */
  private static final double SMALL_LOSS = 1e-3;

  private final Trainer trainer;
  private final ModelGraph graph;
  private final Examples examples;
  private final Fit<?> fit;
  private final boolean quantized;
  private final Optimizer optimizer;
  private final Set<String> frozen;
  private final Consumer<Path> saver;
  private final Batches batches;
  private final String task;
  private final long total;
  private final Progress progress;
  private final List<Epoch> epochs = new ArrayList<>();
  private boolean isResuming;
  private Optional<String> stopped = Optional.empty();
  private double factor = 1;

  /**
   * What is to be done.
   *
   * @param frozen the layers that stay as they are
   * @param saver writes the model to a file
   */
  FitRun(
      Trainer trainer,
      ModelGraph graph,
      Examples examples,
      Fit<?> fit,
      boolean quantized,
      Optimizer optimizer,
      Set<String> frozen,
      Consumer<Path> saver) {
    this.trainer = trainer;
    this.graph = graph;
    this.examples = examples;
    this.fit = fit;
    this.quantized = quantized;
    this.optimizer = optimizer;
    this.frozen = frozen;
    this.saver = saver;
    Batches plain =
        Trainer.batches(examples, fit.batchSize()).shuffled(graph.seed()).dropRemainder(true);
    batches = fit.augmentation().map(plain::augmented).orElse(plain);
    total = (long) batches.count() * fit.epochs();
    task = quantized ? "QAT" : "float";
    progress = new Progress(fit.progress(), task, fit.epochs(), fit.output());
  }

  /** Trains; see {@link Trainer#fit}. */
  History train() {
    check();
    progress.building();
    if (fit.epochs() > 0) {
      // What cannot be measured is refused before anything is trained.
      Step first = trainer.step(passOf(0), examples, fit, optimizer, frozen);
      Optional<Step> validating =
          fit.validation().map(held -> trainer.step(evaluated(), held, fit, null, Set.of()));
      requireWatched(first.metricNames(), validating.map(Step::metricNames).orElse(null));
      trainer.classNames(trainer.exampleCheck().classNames(examples));
    }
    long earlierSteps = fit.keepsOptimizerState() ? trainer.optimizerSteps() : 0;
    resetSlots();
    try (Checkpoints checkpoints = checkpoints(earlierSteps)) {
      fit.callbacks().forEach(callback -> callback.onTrainBegin(this));
      if (checkpoints != null) {
        resume(checkpoints);
      }
      trainer.isUnfinished(true);
      double first = epochs.isEmpty() ? Double.NaN : epochs.get(0).training().loss();
      while (epochs.size() < fit.epochs() && stopped.isEmpty()) {
        first = trainEpoch(epochs.size() + 1, first, earlierSteps);
        Epoch epoch = epochs.get(epochs.size() - 1);
        // What a callback keeps is part of the checkpoint; who only listens hears of what is safe.
        tell(epoch, false);
        if (checkpoints != null) {
          checkpoints.save(graph.variables(), epochs, stopped);
        }
        tell(epoch, true);
        trainer.tidy();
      }
      stopped.ifPresent(reason -> say("stopped after epoch " + epochs.size() + ": " + reason));
      if (fit.rule().average() > 0 && !epochs.isEmpty()) {
        takeAverages();
      }
      fit.callbacks().forEach(callback -> callback.onTrainEnd(this));
      // A callback may have ended the last epoch early.
      long steps =
          epochs.stream().mapToLong(e -> e.training().examples()).sum() / batches.batchSize();
      trainer.optimizerSteps(earlierSteps + steps / fit.rule().accumulation());
      trainer.isUnfinished(false);
      return history();
    } catch (TrainingException e) {
      throw e.after(history());
    }
  }

  private void tell(Epoch epoch, boolean listeners) {
    fit.callbacks().stream()
        .filter(callback -> callback instanceof Fit.Listener == listeners)
        .forEach(callback -> callback.onEpochEnd(this, epoch));
  }

  private void check() {
    ExampleCheck check = trainer.exampleCheck();
    fit.validation()
        .ifPresent(
            held -> check.check("the validation examples", held, check.classNames(examples)));
    Set<String> outputs = graph.pass(Pass.FLOAT).outputs().keySet();
    fit.namedOutputs()
        .forEach(
            (output, what) -> {
              if (!outputs.contains(output)) {
                throw new TrainingException(
                    "there is %s for '%s', which is no output; there is %s"
                        .formatted(what, output, outputs));
              }
            });
    float[] weights = fit.exampleWeights();
    if (weights != null && weights.length != examples.size()) {
      throw new TrainingException(
          "there are %s example weights for %s examples"
              .formatted(weights.length, examples.size()));
    }
    try {
      fit.rule()
          .rates()
          .keySet()
          .forEach(pattern -> LayerPattern.select(trainer.trainableLayers(), List.of(pattern)));
    } catch (IllegalArgumentException e) {
      throw new TrainingException("a learning rate cannot be set: " + e.getMessage(), e);
    }
    if (fit.epochs() > 0 && !frozen.isEmpty() && frozen.containsAll(trainer.trainableLayers())) {
      throw new TrainingException(
          "all layers with weights are frozen, so there is nothing to train");
    }
  }

  private void requireWatched(Set<String> trained, @Nullable Set<String> validated) {
    fit.callbacks().stream()
        .flatMap(callback -> callback.watches().stream())
        .forEach(figure -> figure.requireMeasured(figure.isOfValidation() ? validated : trained));
  }

  private Pass evaluated() {
    return quantized ? Pass.QUANTIZED : Pass.FLOAT;
  }

  private void resume(Checkpoints checkpoints) {
    List<Epoch> before =
        checkpoints.resume(
            graph.variables(),
            variable -> TrainingIdentity.isStart(variable, quantized),
            trainer.isUnfinished(),
            line -> say(task + " " + line));
    isResuming = true;
    for (Epoch epoch : before) {
      epochs.add(epoch);
      tell(epoch, false);
    }
    isResuming = false;
    stopped = stopped.or(checkpoints::stopped);
  }

  /** Trains over all examples once; the first loss of the training. */
  private double trainEpoch(int number, double firstLoss, long earlierSteps) {
    double first = firstLoss;
    Map<String, float[]> before = number == 1 ? trained() : Map.of();
    final long start = System.nanoTime();
    long stepsPerEpoch = batches.count();
    progress.startEpoch(number, stepsPerEpoch * batches.batchSize());
    long step = (number - 1) * stepsPerEpoch;
    double rate = 0;
    Pass pass = passOf(step);
    Step now = trainer.step(pass, examples, fit, optimizer, frozen);
    Step.Tally tally = now.tally();
    try (BatchIterator iterator = batches.epoch(number - 1)) {
      while (iterator.hasNext() && stopped.isEmpty()) {
        Batch batch = iterator.next();
        if (!passOf(step).equals(pass)) {
          pass = passOf(step);
          now = trainer.step(pass, examples, fit, optimizer, frozen);
        }
        rate = optimizer.learningRate() * fit.schedule().factor(step, total) * factor;
        trainer.train(
            now,
            batch,
            new Step.Feed(
                rate,
                step,
                earlierSteps + step / fit.rule().accumulation(),
                fit.exampleWeights(),
                fit.distillation().map(Distillation::teacher).orElse(null)),
            tally);
        Measures running = tally.measures();
        if (Double.isNaN(first)) {
          first = running.loss();
        }
        requireNotDiverged(first, running.loss(), step);
        progress.step(running);
        for (Callback callback : fit.callbacks()) {
          callback.onBatchEnd(this, step, running);
        }
        step++;
      }
    } finally {
      progress.stopEpoch();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Epoch epoch = new Epoch(number, tally.measures(), validated(), seconds, rate);
    epochs.add(epoch);
    progress.endEpoch(epoch, seconds * (fit.epochs() - number));
    if (number == 1) {
      tellIfNothingChanged(before, rate);
    }
    return first;
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
              step + 1));
    }
  }

  private @Nullable Measures validated() {
    if (fit.validation().isEmpty()) {
      return null;
    }
    Examples held = fit.validation().get();
    if (fit.rule().average() == 0) {
      return trainer.evaluate(held, fit, quantized);
    }
    Map<Variables.Variable, float[]> now = new LinkedHashMap<>();
    Updates.averaged(graph.variables()).forEach(v -> now.put(v, graph.variables().read(v)));
    try {
      takeAverages();
      return trainer.evaluate(held, fit, quantized);
    } finally {
      now.forEach(graph.variables()::write);
    }
  }

  private void takeAverages() {
    for (Variables.Variable weight : Updates.averaged(graph.variables())) {
      graph.variables().write(weight, graph.variables().read(average(weight)));
    }
  }

  private Variables.Variable average(Variables.Variable weight) {
    return Updates.slot(graph.variables(), weight, Updates.AVERAGE);
  }

  private Map<String, float[]> trained() {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Variables.Variable variable : graph.variables().all()) {
      if (variable.role().isTrained()) {
        values.put(variable.name(), graph.variables().read(variable));
      }
    }
    return values;
  }

  private void tellIfNothingChanged(Map<String, float[]> before, double rate) {
    Map<String, float[]> after = trained();
    boolean isSame =
        batches.count() >= fit.rule().accumulation()
            && before.entrySet().stream()
                .allMatch(
                    entry ->
                        isSame(
                            entry.getValue(), Objects.requireNonNull(after.get(entry.getKey()))));
    if (isSame) {
      say(
          String.format(
              Locale.ROOT,
              "No weight has changed in the first epoch: the learning rate, %.3g at its end, is too"
                  + " small, or no gradient reaches them (a loss that is 0, or activations that are"
                  + " all saturated).",
              rate));
    }
  }

  /** Whether no value has changed, but for zeros, which the smallest change shows at. */
  private static boolean isSame(float[] before, float[] after) {
    return IntStream.range(0, before.length).allMatch(i -> before[i] == 0 || before[i] == after[i]);
  }

  // ---------------------------------------------------------------- steps and state

  private Pass passOf(long step) {
    if (!quantized) {
      return Pass.FLOAT_TRAINING;
    }
    boolean observing = step < fit.rangeWarmUp() * total;
    boolean isFrozen = step >= fit.batchNormFreeze() * total;
    return new Pass(true, true, observing, isFrozen);
  }

  /** Makes sure that all variables exist before anything is read or saved; the slots are 0. */
  private void resetSlots() {
    graph.pass(Pass.FLOAT);
    Learning learning = Learning.of(fit, optimizer, frozen);
    for (Variables.Variable variable : List.copyOf(graph.variables().all())) {
      if (variable.role() == Variables.Role.SLOT && !isKept(variable)) {
        graph.variables().write(variable, new float[variable.size()]);
      }
    }
    for (Variables.Variable variable : List.copyOf(graph.variables().all())) {
      if (variable.role().isTrained()) {
        // Of all weights: some are trained in the last part of a fine-tuning only.
        Updates.slots(graph.variables(), variable, learning);
      }
    }
    if (fit.rule().average() > 0) {
      for (Variables.Variable weight : Updates.averaged(graph.variables())) {
        graph.variables().write(average(weight), graph.variables().read(weight));
      }
    }
    for (Callback callback : fit.callbacks()) {
      callback
          .keeps()
          .forEach(name -> learned().forEach(v -> Updates.slot(graph.variables(), v, name)));
    }
  }

  private boolean isKept(Variables.Variable slot) {
    return fit.keepsOptimizerState()
        && optimizer.slots().stream().anyMatch(name -> slot.name().endsWith("/" + name));
  }

  private @Nullable Checkpoints checkpoints(long earlierSteps) {
    return fit.checkpoints()
        .map(
            folder ->
                new Checkpoints(
                    folder,
                    trainer.model() + (quantized ? "_qat" : "_float"),
                    TrainingIdentity.of(
                        graph,
                        trainer.model(),
                        examples,
                        fit,
                        quantized,
                        optimizer,
                        batches,
                        frozen,
                        earlierSteps)))
        .orElse(null);
  }

  private List<Variables.Variable> learned() {
    return graph.variables().all().stream()
        .filter(variable -> variable.role() != Variables.Role.SLOT)
        .toList();
  }

  // ---------------------------------------------------------------- for callbacks

  @Override
  public int epochs() {
    return fit.epochs();
  }

  @Override
  public boolean isQuantized() {
    return quantized;
  }

  @Override
  public boolean isResuming() {
    return isResuming;
  }

  @Override
  public History history() {
    return new History(epochs, stopped);
  }

  @Override
  public void stop(String reason) {
    stopped = Optional.of(reason);
  }

  @Override
  public double learningRateFactor() {
    return factor;
  }

  @Override
  public void learningRateFactor(double newFactor) {
    if (!(newFactor > 0 && Double.isFinite(newFactor))) {
      throw new IllegalArgumentException(
          "learning-rate factor " + newFactor + "; it must be positive");
    }
    factor = newFactor;
  }

  @Override
  public Map<String, float[]> weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    learned().forEach(v -> values.put(v.name(), graph.variables().read(v)));
    return values;
  }

  @Override
  public void keepWeights(String name) {
    requireNotResuming();
    for (Variables.Variable variable : learned()) {
      graph
          .variables()
          .write(Updates.slot(graph.variables(), variable, name), graph.variables().read(variable));
    }
  }

  @Override
  public void restoreWeights(String name) {
    requireNotResuming();
    for (Variables.Variable variable : learned()) {
      Variables.Variable kept = graph.variables().find(variable.name() + "/" + name);
      if (kept == null) {
        throw new IllegalStateException("no weights were kept as '" + name + "'");
      }
      graph.variables().write(variable, graph.variables().read(kept));
    }
  }

  private void requireNotResuming() {
    if (isResuming) {
      throw new IllegalStateException("the weights of an epoch before a resumption are gone");
    }
  }

  @Override
  public void save(Path file) {
    saver.accept(file);
  }

  @Override
  public void say(String line) {
    progress.say(line);
  }
}
