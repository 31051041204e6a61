package dev.detent.runtime.train;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.Examples;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to train: {@code epochs(5).batchSize(64).validation(test)}. Every call returns a changed
 * copy.
 *
 * <p>What is not said has defaults that work. In float: Adam at 0.001 with a cosine schedule. In
 * quantization-aware fine-tuning: the optimizer of the float training before it at {@value
 * #QAT_LEARNING_RATE_FACTOR} of its rate, again with a cosine; the ranges of activations follow the
 * data for the first {@value #RANGE_WARM_UP} of the steps and then stand; the statistics of batch
 * norm stand after {@value #BATCH_NORM_FREEZE} of the steps, so that the last part trains exactly
 * what will be deployed.
 *
 * @param <D> the validation examples, of the kind that the model takes; without any {@code
 *     Examples}, which fits all models
 */
public final class Fit<D extends Examples> implements Cloneable {

  /** Examples in one step, by default: {@value}, as Keras. */
  public static final int BATCH_SIZE = 32;

  /** The learning rate of quantization-aware fine-tuning, as a share of the float one. */
  public static final double QAT_LEARNING_RATE_FACTOR = 0.1;

  /** The share of the fine-tuning after which ranges stand: {@value}. */
  public static final double RANGE_WARM_UP = 0.5;

  /** The share of the fine-tuning after which batch-norm statistics stand: {@value}. */
  public static final double BATCH_NORM_FREEZE = 0.5;

  private static final Loss CLASSES_LOSS = Losses.categoricalCrossEntropy();
  private static final Loss VALUES_LOSS = Losses.meanSquaredError();
  private static final List<Metric> CLASSES_METRICS = List.of(Metrics.accuracy());

  private int epochs;
  private int batchSize = BATCH_SIZE;
  private @Nullable Optimizer optimizer;
  private Schedule schedule = Schedule.cosine();
  private Map<String, Loss> losses = Map.of();
  private @Nullable Loss loss;
  private @Nullable List<Metric> metrics;
  private @Nullable Examples validation;
  private @Nullable Augmentation augmentation;
  private @Nullable Path checkpoints;
  private double rangeWarmUp = RANGE_WARM_UP;
  private double batchNormFreeze = BATCH_NORM_FREEZE;
  private Progress.Style progress = Progress.Style.AUTOMATIC;
  private @Nullable PrintStream output;
  private List<Consumer<Epoch>> listeners = List.of();

  private Fit(int epochs) {
    this.epochs = epochs;
  }

  /** A copy with one setting changed. */
  private Fit<D> with(Consumer<Fit<D>> change) {
    try {
      @SuppressWarnings("unchecked")
      Fit<D> copy = (Fit<D>) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Training that walks over the examples so many times.
   *
   * @throws IllegalArgumentException if {@code epochs} is negative
   */
  public static Fit<Examples> epochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(epochs + " epochs; there cannot be fewer than 0");
    }
    return new Fit<>(epochs);
  }

  /**
   * Examples in one step; a last batch that is not full is left out of training.
   *
   * @throws IllegalArgumentException if {@code size} is less than 1
   */
  public Fit<D> batchSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size " + size + "; it must be at least 1");
    }
    return with(fit -> fit.batchSize = size);
  }

  /** How gradients change weights. */
  public Fit<D> optimizer(Optimizer how) {
    return with(fit -> fit.optimizer = how);
  }

  /** The course of the learning rate. */
  public Fit<D> schedule(Schedule course) {
    return with(fit -> fit.schedule = course);
  }

  /**
   * The loss of every output. By default cross-entropy where the targets are classes, else the mean
   * squared error.
   */
  public Fit<D> loss(Loss ofAll) {
    return with(fit -> fit.loss = ofAll);
  }

  /** The loss of one output; the losses of all outputs are added. */
  public Fit<D> loss(String output, Loss ofOne) {
    Map<String, Loss> all = new LinkedHashMap<>(losses);
    all.put(output, ofOne);
    return with(fit -> fit.losses = all);
  }

  /** What is measured of every output. By default accuracy where the targets are classes. */
  public Fit<D> metrics(Metric... all) {
    return with(fit -> fit.metrics = List.of(all));
  }

  /** Examples that are evaluated after every epoch and never trained on. */
  @SuppressWarnings("unchecked")
  public <V extends Examples> Fit<V> validation(V held) {
    return (Fit<V>) with(fit -> fit.validation = held);
  }

  /** Changes to the inputs, new in every epoch. */
  public Fit<D> augment(Augmentation how) {
    return with(fit -> fit.augmentation = how);
  }

  /**
   * A folder in which the state is kept after every epoch, and the state before it. A run that was
   * killed, started again with the same settings, data and weights, goes on from there and ends
   * with the same bits. With others it is refused, and so is a second run while the first one
   * lasts.
   */
  public Fit<D> checkpoints(Path folder) {
    return with(fit -> fit.checkpoints = folder);
  }

  /**
   * The share of quantization-aware steps after which the ranges of activations stand.
   *
   * @throws IllegalArgumentException if {@code share} is not in [0, 1]
   */
  public Fit<D> rangeWarmUp(double share) {
    requireShare(share, "range warm-up");
    return with(fit -> fit.rangeWarmUp = share);
  }

  /**
   * The share of quantization-aware steps after which the statistics of batch norm stand.
   *
   * @throws IllegalArgumentException if {@code share} is not in [0, 1]
   */
  public Fit<D> batchNormFreeze(double share) {
    requireShare(share, "batch-norm freeze");
    return with(fit -> fit.batchNormFreeze = share);
  }

  /** How progress is shown. */
  public Fit<D> progress(Progress.Style style) {
    return with(fit -> fit.progress = style);
  }

  /**
   * Where progress and what is found wrong are printed: by default {@link System#out}. A bar is
   * drawn there only; elsewhere progress is one line an epoch.
   */
  public Fit<D> output(PrintStream stream) {
    Objects.requireNonNull(stream, "stream");
    return with(fit -> fit.output = stream);
  }

  /** Called after every epoch. */
  public Fit<D> onEpoch(Consumer<Epoch> listener) {
    List<Consumer<Epoch>> all = new ArrayList<>(listeners);
    all.add(listener);
    return with(fit -> fit.listeners = all);
  }

  private static void requireShare(double value, String what) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " " + value + "; it must be in [0, 1]");
    }
  }

  /** How many epochs. */
  public int epochs() {
    return epochs;
  }

  /** Examples in one step. */
  public int batchSize() {
    return batchSize;
  }

  /** The optimizer; empty for the default. */
  public Optional<Optimizer> optimizer() {
    return Optional.ofNullable(optimizer);
  }

  /** Where progress and what is found wrong are printed. */
  public PrintStream output() {
    return output != null ? output : System.out;
  }

  Schedule schedule() {
    return schedule;
  }

  Loss lossOf(String output, boolean classes) {
    Loss otherwise = classes ? CLASSES_LOSS : VALUES_LOSS;
    return losses.getOrDefault(output, loss != null ? loss : otherwise);
  }

  List<Metric> metricsOf(boolean classes) {
    if (metrics != null) {
      return metrics;
    }
    return classes ? CLASSES_METRICS : List.of();
  }

  Map<String, Loss> namedLosses() {
    return losses;
  }

  Optional<Examples> validation() {
    return Optional.ofNullable(validation);
  }

  Optional<Augmentation> augmentation() {
    return Optional.ofNullable(augmentation);
  }

  Optional<Path> checkpoints() {
    return Optional.ofNullable(checkpoints);
  }

  double rangeWarmUp() {
    return rangeWarmUp;
  }

  double batchNormFreeze() {
    return batchNormFreeze;
  }

  Progress.Style progress() {
    return progress;
  }

  List<Consumer<Epoch>> listeners() {
    return listeners;
  }
}
