package dev.detent.runtime.train;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
 */
public final class Fit {

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
  private Optimizer optimizer;
  private Schedule schedule = Schedule.cosine();
  private Map<String, Loss> losses = Map.of();
  private Loss loss;
  private List<Metric> metrics;
  private Examples validation;
  private Augmentation augmentation;
  private Path checkpoints;
  private double rangeWarmUp = RANGE_WARM_UP;
  private double batchNormFreeze = BATCH_NORM_FREEZE;
  private Progress.Style progress = Progress.Style.AUTOMATIC;
  private List<Consumer<Epoch>> listeners = List.of();

  private Fit() {}

  private Fit copy() {
    Fit copy = new Fit();
    copy.epochs = epochs;
    copy.batchSize = batchSize;
    copy.optimizer = optimizer;
    copy.schedule = schedule;
    copy.losses = losses;
    copy.loss = loss;
    copy.metrics = metrics;
    copy.validation = validation;
    copy.augmentation = augmentation;
    copy.checkpoints = checkpoints;
    copy.rangeWarmUp = rangeWarmUp;
    copy.batchNormFreeze = batchNormFreeze;
    copy.progress = progress;
    copy.listeners = listeners;
    return copy;
  }

  /**
   * Training that walks over the examples so many times.
   *
   * @throws IllegalArgumentException if {@code epochs} is negative
   */
  public static Fit epochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(epochs + " epochs; there cannot be fewer than 0");
    }
    Fit fit = new Fit();
    fit.epochs = epochs;
    return fit;
  }

  /**
   * Examples in one step; a last batch that is not full is left out of training.
   *
   * @throws IllegalArgumentException if {@code size} is less than 1
   */
  public Fit batchSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size " + size + "; it must be at least 1");
    }
    Fit copy = copy();
    copy.batchSize = size;
    return copy;
  }

  /** How gradients change weights. */
  public Fit optimizer(Optimizer how) {
    Fit copy = copy();
    copy.optimizer = how;
    return copy;
  }

  /** The course of the learning rate. */
  public Fit schedule(Schedule course) {
    Fit copy = copy();
    copy.schedule = course;
    return copy;
  }

  /**
   * The loss of every output. By default cross-entropy where the targets are classes, else the mean
   * squared error.
   */
  public Fit loss(Loss ofAll) {
    Fit copy = copy();
    copy.loss = ofAll;
    return copy;
  }

  /** The loss of one output; the losses of all outputs are added. */
  public Fit loss(String output, Loss ofOne) {
    Fit copy = copy();
    Map<String, Loss> all = new LinkedHashMap<>(losses);
    all.put(output, ofOne);
    copy.losses = all;
    return copy;
  }

  /** What is measured of every output. By default accuracy where the targets are classes. */
  public Fit metrics(Metric... all) {
    Fit copy = copy();
    copy.metrics = List.of(all);
    return copy;
  }

  /** Examples that are evaluated after every epoch and never trained on. */
  public Fit validation(Examples held) {
    Fit copy = copy();
    copy.validation = held;
    return copy;
  }

  /** Changes to the inputs, new in every epoch. */
  public Fit augment(Augmentation how) {
    Fit copy = copy();
    copy.augmentation = how;
    return copy;
  }

  /**
   * A folder in which the state is kept after every epoch, and the state before it. A run that was
   * killed, started again with the same settings, data and weights, goes on from there and ends
   * with the same bits. With others it is refused, and so is a second run while the first one
   * lasts.
   */
  public Fit checkpoints(Path folder) {
    Fit copy = copy();
    copy.checkpoints = folder;
    return copy;
  }

  /**
   * The share of quantization-aware steps after which the ranges of activations stand.
   *
   * @throws IllegalArgumentException if {@code share} is not in [0, 1]
   */
  public Fit rangeWarmUp(double share) {
    Fit copy = copy();
    copy.rangeWarmUp = share(share, "range warm-up");
    return copy;
  }

  /**
   * The share of quantization-aware steps after which the statistics of batch norm stand.
   *
   * @throws IllegalArgumentException if {@code share} is not in [0, 1]
   */
  public Fit batchNormFreeze(double share) {
    Fit copy = copy();
    copy.batchNormFreeze = share(share, "batch-norm freeze");
    return copy;
  }

  /** Where progress goes. */
  public Fit progress(Progress.Style style) {
    Fit copy = copy();
    copy.progress = style;
    return copy;
  }

  /** Called after every epoch. */
  public Fit onEpoch(Consumer<Epoch> listener) {
    Fit copy = copy();
    List<Consumer<Epoch>> all = new ArrayList<>(listeners);
    all.add(listener);
    copy.listeners = List.copyOf(all);
    return copy;
  }

  private static double share(double value, String what) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " " + value + "; it must be in [0, 1]");
    }
    return value;
  }

  /** How many epochs. */
  public int epochs() {
    return epochs;
  }

  /** Examples in one step. */
  public int batchSize() {
    return batchSize;
  }

  /** The optimizer, or null for the default. */
  public Optimizer optimizer() {
    return optimizer;
  }

  Schedule schedule() {
    return schedule;
  }

  Loss lossOf(String output, boolean classes) {
    Loss own = losses.getOrDefault(output, loss);
    if (own != null) {
      return own;
    }
    return classes ? CLASSES_LOSS : VALUES_LOSS;
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

  Examples validation() {
    return validation;
  }

  Augmentation augmentation() {
    return augmentation;
  }

  Path checkpoints() {
    return checkpoints;
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
