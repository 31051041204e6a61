package dev.detent.runtime.train;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Targets;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
  private List<Callback> callbacks = List.of();
  private Map<String, List<Metric>> namedMetrics = Map.of();
  private Map<String, Double> lossWeights = Map.of();
  private Map<String, List<Float>> classWeights = Map.of();
  private @Nullable List<Float> anyClassWeights;
  private float @Nullable [] exampleWeights;
  private GradientRule rule = GradientRule.PLAIN;
  private @Nullable Distillation distillation;
  private boolean keepsOptimizerState;

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
   * The loss of every output. By default cross-entropy where the targets are classes, {@link
   * Losses#ctc} where they are sequences of labels, else the mean squared error.
   */
  public Fit<D> loss(Loss ofAll) {
    return with(fit -> fit.loss = ofAll);
  }

  /** The loss of one output; the losses of all outputs are added. */
  public Fit<D> loss(String output, Loss ofOne) {
    return with(fit -> fit.losses = added(losses, output, ofOne));
  }

  /**
   * The factor of one output's loss in the sum of all; 1 where nothing is said. Measures give each
   * output's own loss without it.
   *
   * @throws IllegalArgumentException if {@code weight} is negative or no number
   */
  public Fit<D> lossWeight(String output, double weight) {
    requireWeight(weight, "the loss weight of '" + output + "'");
    return with(fit -> fit.lossWeights = added(lossWeights, output, weight));
  }

  /**
   * What the loss of an example counts by its class, as {@code class_weight} of Keras: the loss of
   * a batch is {@code sum(weight * loss) / examples}. For every output whose targets are classes,
   * one an example. In training only.
   *
   * @param weights one for each class, in their order
   * @throws IllegalArgumentException if a weight is negative or no number
   */
  public Fit<D> classWeights(double... weights) {
    List<Float> all = classWeightsOf(weights);
    return with(fit -> fit.anyClassWeights = all);
  }

  /** The same for one output. */
  public Fit<D> classWeights(String output, double... weights) {
    return with(fit -> fit.classWeights = added(classWeights, output, classWeightsOf(weights)));
  }

  private static List<Float> classWeightsOf(double... weights) {
    List<Float> all = new ArrayList<>();
    for (double weight : weights) {
      requireWeight(weight, "the weight of class " + all.size());
      all.add((float) weight);
    }
    return List.copyOf(all);
  }

  /**
   * What the loss of each training example counts, as {@code sample_weight} of Keras: the loss of a
   * batch is {@code sum(weight * loss) / examples}. Validation examples count the same.
   *
   * @param weights one for each training example, in the order of the data set; copied
   * @throws IllegalArgumentException if a weight is negative or no number
   */
  public Fit<D> exampleWeights(float... weights) {
    for (int i = 0; i < weights.length; i++) {
      requireWeight(weights[i], "the weight of example " + i);
    }
    float[] copy = weights.clone();
    return with(fit -> fit.exampleWeights = copy);
  }

  /**
   * What is measured of every output. By default accuracy where the targets are classes, {@link
   * Metrics#sequenceAccuracy} where they are sequences of labels.
   */
  public Fit<D> metrics(Metric... all) {
    return with(fit -> fit.metrics = List.of(all));
  }

  /** What is measured of one output. */
  public Fit<D> metrics(String output, Metric... all) {
    return with(fit -> fit.namedMetrics = added(namedMetrics, output, List.of(all)));
  }

  /**
   * Shortens the gradient of each weight by itself to a norm of at most {@code most}: {@code g *
   * most / max(most, |g|)}, as {@code clipnorm} of Keras's optimizers. One kind of clipping counts,
   * the last.
   *
   * @throws IllegalArgumentException if {@code most} is not positive
   */
  public Fit<D> clipNorm(double most) {
    return with(fit -> fit.rule = rule.clipped(GradientRule.Clipping.NORM, most));
  }

  /**
   * Shortens the gradients of all weights together to a norm of at most {@code most} (Pascanu et
   * al., 2013), as {@code global_clipnorm} of Keras's optimizers.
   *
   * @throws IllegalArgumentException if {@code most} is not positive
   */
  public Fit<D> clipGlobalNorm(double most) {
    return with(fit -> fit.rule = rule.clipped(GradientRule.Clipping.GLOBAL_NORM, most));
  }

  /**
   * Limits every number of a gradient to {@code -most} to {@code most}, as {@code clipvalue} of
   * Keras's optimizers.
   *
   * @throws IllegalArgumentException if {@code most} is not positive
   */
  public Fit<D> clipValue(double most) {
    return with(fit -> fit.rule = rule.clipped(GradientRule.Clipping.VALUE, most));
  }

  /**
   * Changes the weights after so many batches, by the mean of their gradients: as if the batch were
   * so many times as large, with the memory of one, but for batch norm, whose statistics are of one
   * batch. What is left at the end of the training, fewer batches than that, has no effect. As
   * {@code gradient_accumulation_steps} of Keras's optimizers.
   *
   * @throws IllegalArgumentException if {@code batches} is less than 1
   */
  public Fit<D> accumulate(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "gradients of " + batches + " batches; it must be at least 1");
    }
    return with(fit -> fit.rule = rule.accumulating(batches));
  }

  /**
   * The learning rate of some layers, as a factor on that of all.
   *
   * @param layers as {@link dev.detent.runtime.DetentModel#trainable(boolean, String...)} takes
   *     them; where several fit a layer, the last one counts
   * @throws IllegalArgumentException if {@code factor} is not positive; a layer that is not to be
   *     trained at all is frozen
   */
  public Fit<D> learningRateFactor(String layers, double factor) {
    if (!(factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException(
          "learning-rate factor "
              + factor
              + "; it must be positive; trainable(false, ...) freezes");
    }
    return with(fit -> fit.rule = rule.rated(layers, factor));
  }

  /**
   * Ends with an exponential moving average of the weights, {@code a = decay * a + (1 - decay) * w}
   * after each step (Polyak and Juditsky, 1992), as {@code use_ema} of Keras's optimizers.
   * Statistics of batch norm are averaged likewise. Validation measures the averages.
   *
   * @param decay 0.99 averages over the last hundred steps or so
   * @throws IllegalArgumentException if {@code decay} is not in (0, 1)
   */
  public Fit<D> movingAverage(double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("decay " + decay + "; it must be between 0 and 1");
    }
    return with(fit -> fit.rule = rule.averaging(decay));
  }

  /**
   * Goes on with what the optimizer kept, as its momentum, and with its count of steps, instead of
   * starting anew: after some layers were unfrozen, for instance.
   */
  public Fit<D> keepOptimizerState() {
    return with(fit -> fit.keepsOptimizerState = true);
  }

  /**
   * Has the model learn from a teacher, too (Hinton et al., 2015): the loss of an output is {@code
   * (1 - weight) * loss + weight * T^2 * KL(softmax(teacher / T) || softmax(model / T))} where the
   * targets are classes, and {@code weight} times the mean squared difference of the two where they
   * are numbers.
   *
   * @param teacher usually a larger model, trained; it sees the same inputs, augmented ones
   *     included
   * @param temperature T, at least 1 as a rule; 1 compares probabilities as they are
   * @param weight of the teacher, in (0, 1]
   * @throws IllegalArgumentException if the temperature is not positive or the weight not in (0, 1]
   */
  public Fit<D> teacher(Teacher teacher, double temperature, double weight) {
    Objects.requireNonNull(teacher, "teacher");
    return with(fit -> fit.distillation = new Distillation(teacher, temperature, weight));
  }

  /**
   * The same with the float model as the teacher of its own quantization-aware fine-tuning: its
   * weights as they are when that begins for the first time.
   */
  public Fit<D> floatTeacher(double temperature, double weight) {
    return with(fit -> fit.distillation = new Distillation(null, temperature, weight));
  }

  /**
   * Called along the way: {@link Callbacks} has those that most trainings want. Callbacks are
   * called in the order in which they were given.
   */
  public Fit<D> callback(Callback... more) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.addAll(List.of(more));
    return with(fit -> fit.callbacks = List.copyOf(all));
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

  /** Called after every epoch that is trained. */
  public Fit<D> onEpoch(Consumer<Epoch> listener) {
    return callback(new Listener(listener));
  }

  /** Listens and changes nothing. */
  record Listener(Consumer<Epoch> listener) implements Callback {
    @Override
    public void onEpochEnd(TrainingRun run, Epoch epoch) {
      listener.accept(epoch);
    }
  }

  private static <V> Map<String, V> added(Map<String, V> map, String name, V value) {
    Map<String, V> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }

  private static void requireWeight(double weight, String what) {
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(what + " is " + weight + "; it must be at least 0");
    }
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

  /**
   * What one output is trained for and how it is measured.
   *
   * @throws TrainingException if the loss is one of sequences of labels, and the targets are none
   */
  Goal goal(String output, Targets targets) {
    boolean classes = targets.isClasses();
    OptionalInt blank = targets.blank();
    List<Metric> usual =
        blank.isPresent()
            ? List.of(Metrics.sequenceAccuracy(blank.getAsInt()))
            : classes ? CLASSES_METRICS : List.of();
    Loss usualLoss =
        blank.isPresent() ? Losses.ctc(blank.getAsInt()) : classes ? CLASSES_LOSS : VALUES_LOSS;
    Loss chosen = losses.getOrDefault(output, loss != null ? loss : usualLoss);
    if (chosen instanceof Ctc ctc && !blank.equals(OptionalInt.of(ctc.blank()))) {
      throw new TrainingException(
          ("output '%s' is trained with %s, but its targets are %s; give it"
                  + " Targets.labelSequences with that blank")
              .formatted(output, ctc, targets));
    }
    return new Goal(
        output,
        classes,
        chosen,
        lossWeights.getOrDefault(output, 1.0),
        classWeights.getOrDefault(
            output, classes && anyClassWeights != null ? anyClassWeights : List.of()),
        namedMetrics.getOrDefault(output, metrics != null ? metrics : usual));
  }

  /** The outputs for which something of their own is said, each with what. */
  Map<String, String> namedOutputs() {
    Map<String, String> named = new LinkedHashMap<>();
    losses.keySet().forEach(output -> named.put(output, "a loss"));
    lossWeights.keySet().forEach(output -> named.put(output, "a loss weight"));
    classWeights.keySet().forEach(output -> named.put(output, "a class weight"));
    namedMetrics.keySet().forEach(output -> named.put(output, "a metric"));
    return named;
  }

  /** The same, with a teacher that is known now. */
  public Fit<D> taughtBy(Teacher teacher) {
    return with(fit -> fit.distillation = Objects.requireNonNull(distillation).with(teacher));
  }

  GradientRule rule() {
    return rule;
  }

  float @Nullable [] exampleWeights() {
    return exampleWeights;
  }

  /** What a teacher has to do with it. */
  public Optional<Distillation> distillation() {
    return Optional.ofNullable(distillation);
  }

  boolean keepsOptimizerState() {
    return keepsOptimizerState;
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

  List<Callback> callbacks() {
    return callbacks;
  }
}
