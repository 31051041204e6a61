package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Gradient;
import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.MinMaxQuantizer;
import dev.detent.runtime.quantizer.Quantizer;
import dev.detent.runtime.quantizer.Site;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The site of one weight or one range in one pass. */
final class QuantizerSite implements Site {

  /** Holds how many batches were observed. */
  static final String SEEN = "seen";

  /** What is demanded of the grid. */
  record Demand(
      Role role,
      String name,
      int[] shape,
      int bits,
      int lowest,
      int highest,
      boolean isPerChannel,
      boolean isSymmetric,
      boolean isPowerOfTwo,
      boolean isNonNegative,
      double upperBound) {

    static Demand of(ActivationRange range, int[] shape) {
      return new Demand(
          Role.ACTIVATION,
          range.name(),
          shape,
          range.bits(),
          range.lowest(),
          range.highest(),
          false,
          range.isSymmetric(),
          range.isPowerOfTwo(),
          range.isNonNegative(),
          range.upperBound());
    }

    static Demand of(WeightQuantization weights, String name, int[] shape) {
      return new Demand(
          Role.WEIGHT,
          name,
          shape,
          weights.bits(),
          weights.lowest(),
          weights.highest(),
          weights.perChannel(),
          true,
          weights.isPowerOfTwo(),
          false,
          Double.POSITIVE_INFINITY);
    }

    /** Where its variables are, between the layer's own. */
    String prefix() {
      return name + (role == Role.ACTIVATION ? "/range/" : "/quantizer/");
    }
  }

  private enum Stage {
    DECLARING,
    USING,
    OBSERVING
  }

  private final PassBuilder graph;

  /** Builds operations: in a gradient those that the gradient is given, as TensorFlow demands. */
  private Ops tf;

  private final Demand demand;
  private final Optional<Operand<TFloat32>> weights;
  private final ChannelAxes channels;
  private final Map<String, Variables.Variable> variables = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> reads = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> updates = new LinkedHashMap<>();
  private final Map<Operand<TFloat32>, Integer> ranks = new IdentityHashMap<>();
  private Optional<Variables.Variable> seen = Optional.empty();
  private Stage stage = Stage.DECLARING;

  /**
   * A site.
   *
   * @param weights the tensor of a weight
   * @param channels the axes that are the output channels
   */
  QuantizerSite(
      PassBuilder graph,
      Ops tf,
      Demand demand,
      Optional<Operand<TFloat32>> weights,
      ChannelAxes channels) {
    this.graph = graph;
    this.tf = tf;
    this.demand = demand;
    this.weights = weights;
    this.channels = channels;
  }

  /** Lets the quantizer make its grid; variables are declared in this call. */
  Grid grid(Quantizer quantizer) {
    Grid grid = quantizer.grid(this);
    stage = Stage.USING;
    return grid;
  }

  /** Lets the quantizer observe; what changes. */
  List<Update> observed(Quantizer quantizer, List<Operand<TFloat32>> tensors) {
    stage = Stage.OBSERVING;
    tensors.forEach(tensor -> ranks.put(tensor, tensor.shape().numDimensions()));
    quantizer.observe(this, tensors);
    stage = Stage.USING;
    List<Update> result = new ArrayList<>();
    seen.ifPresent(count -> result.add(new Update(count, tf.math.add(seen(), tf.constant(1f)))));
    result.addAll(changes());
    return result;
  }

  /** Lets the quantizer fit a range that was found on the JVM; what changes. */
  List<Update> fitted(MinMaxQuantizer quantizer) {
    stage = Stage.OBSERVING;
    updates.clear();
    quantizer.fit(this);
    stage = Stage.USING;
    return changes();
  }

  private List<Update> changes() {
    List<Operand<TFloat32>> before = List.copyOf(reads.values());
    List<Update> result = new ArrayList<>();
    updates.forEach(
        (name, value) ->
            result.add(new Update(Objects.requireNonNull(variables.get(name)), value, before)));
    return result;
  }

  /** The quantizer's variables by their names at this site. */
  Map<String, Variables.Variable> variables() {
    return variables;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public Role role() {
    return demand.role();
  }

  @Override
  public Mode mode() {
    if (!graph.pass().quantized()) {
      return Mode.CALIBRATING;
    }
    return graph.pass().training() ? Mode.TRAINING : Mode.EVALUATING;
  }

  @Override
  public String name() {
    return demand.name();
  }

  @Override
  public int[] shape() {
    return demand.shape().clone();
  }

  @Override
  public int bits() {
    return demand.bits();
  }

  @Override
  public int lowest() {
    return demand.lowest();
  }

  @Override
  public int highest() {
    return demand.highest();
  }

  @Override
  public boolean isPerChannel() {
    return demand.isPerChannel();
  }

  @Override
  public int channelAxis() {
    if (!isPerChannel()) {
      throw new IllegalStateException("'" + name() + "' has one scale for the whole tensor");
    }
    return channels.first();
  }

  @Override
  public int[] scaleShape() {
    return isPerChannel() ? new int[] {channels.channels(demand.shape())} : new int[0];
  }

  @Override
  public boolean isSymmetric() {
    return demand.isSymmetric();
  }

  @Override
  public boolean isPowerOfTwo() {
    return demand.isPowerOfTwo();
  }

  @Override
  public boolean isNonNegative() {
    return demand.isNonNegative();
  }

  @Override
  public double upperBound() {
    return demand.upperBound();
  }

  @Override
  public Operand<TFloat32> weights() {
    return weights.orElseThrow(
        () ->
            new IllegalStateException(
                "the quantizer of '"
                    + name()
                    + "' asks for weights, but this is an activation, whose grid may not depend on"
                    + " the batch: keep what it needs in a state, and update that in observe"));
  }

  @Override
  public Operand<TFloat32> state(String name, float initial, int... shape) {
    Variables.Variable variable = variable(name, Variables.Role.RANGE, initial, shape);
    return reads.computeIfAbsent(name, key -> graph.readUntrained(variable));
  }

  @Override
  public Operand<TFloat32> parameter(String name, float initial, int... shape) {
    Variables.Variable variable = variable(name, Variables.Role.QUANTIZER, initial, shape);
    return reads.computeIfAbsent(name, key -> graph.read(variable));
  }

  private Variables.Variable variable(
      String name, Variables.Role role, float initial, int[] shape) {
    if (stage != Stage.DECLARING && !variables.containsKey(name)) {
      throw new IllegalStateException(
          "the quantizer of '"
              + name()
              + "' asks for the variable '"
              + name
              + "' outside of grid, where all must be declared, so that they are saved; there are "
              + variables.keySet());
    }
    if (name.equals(SEEN)) {
      throw new IllegalArgumentException(
          "a variable called '" + name + "' at '" + name() + "'; the site has that itself: seen()");
    }
    Variables.Variable declared = declare(name, role, initial, shape);
    variables.put(name, declared);
    return declared;
  }

  private Variables.Variable declare(
      String name, Variables.Role role, float initial, int... shape) {
    return graph.declare(
        demand.prefix() + name, shape, role, Variables.InitialValues.constant(initial));
  }

  @Override
  public void update(String name, Operand<TFloat32> value) {
    if (stage != Stage.OBSERVING) {
      throw new IllegalStateException(
          "an update of '" + name + "' at '" + name() + "' outside of observe");
    }
    if (!variables.containsKey(name)) {
      throw new IllegalArgumentException(
          "an update of '"
              + name
              + "' at '"
              + name()
              + "', which has no such variable; there are "
              + variables.keySet());
    }
    updates.put(name, value);
  }

  /** Gives the site a count of observed batches. */
  void declareSeen() {
    seen = Optional.of(declare(SEEN, Variables.Role.RANGE, 0));
  }

  @Override
  public Operand<TFloat32> seen() {
    Variables.Variable count =
        seen.orElseThrow(
            () ->
                new IllegalStateException(
                    "'" + name() + "' counts no batches: it is the same in all"));
    return reads.computeIfAbsent(SEEN, key -> graph.readUntrained(count));
  }

  @Override
  public void addPenalty(Operand<TFloat32> penalty) {
    if (mode() == Mode.TRAINING) {
      graph.addPenalty(penalty);
    }
  }

  // ---------------------------------------------------------------- building blocks

  @Override
  public Operand<TFloat32> sum(Operand<TFloat32> x) {
    return reduced(x, (y, axes) -> tf.reduceSum(y, axes));
  }

  @Override
  public Operand<TFloat32> min(Operand<TFloat32> x) {
    return reduced(x, (y, axes) -> tf.reduceMin(y, axes));
  }

  @Override
  public Operand<TFloat32> max(Operand<TFloat32> x) {
    return reduced(x, (y, axes) -> tf.reduceMax(y, axes));
  }

  /**
   * Reduces what has one scale. In a gradient the graph is locked, and asking it for a shape would
   * wait for ever; so the rank is that of weights, or was asked for before, or is not needed.
   */
  private Operand<TFloat32> reduced(Operand<TFloat32> x, Reduction reduction) {
    if (!isPerChannel()) {
      Integer rank = role() == Role.WEIGHT ? (Integer) demand.shape().length : ranks.get(x);
      return rank == null
          ? reduction.of(tf.reshape(x, tf.constant(new int[] {-1})), tf.constant(0))
          : reduction.of(x, tf.constant(IntStream.range(0, rank).toArray()));
    }
    var result = reduction.of(x, tf.constant(channels.others(demand.shape().length)));
    return channels.count() > 1 ? tf.reshape(result, tf.constant(scaleShape())) : result;
  }

  /** One of TensorFlow's reductions. */
  private interface Reduction {
    Operand<TFloat32> of(Operand<TFloat32> x, Operand<TInt32> axes);
  }

  @Override
  public Operand<TFloat32> broadcast(Operand<TFloat32> perScale) {
    int[] shape = demand.shape();
    if (!isPerChannel() || channels.equals(ChannelAxes.last(shape.length))) {
      return perScale; // the last axis is matched as it is
    }
    return tf.reshape(perScale, tf.constant(channels.broadcastShape(shape)));
  }

  @Override
  public Operand<TFloat32> withGradient(
      Operand<TFloat32> forward, List<? extends Operand<TFloat32>> inputs, Gradient gradient) {
    return CustomGradients.apply(
        tf,
        forward,
        inputs,
        (ops, dy) -> {
          Ops outside = tf;
          tf = ops;
          try {
            return gradient.of(ops, dy);
          } finally {
            tf = outside;
          }
        });
  }
}
