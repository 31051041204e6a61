package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.quantizer.WeightQuantizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One pass under construction: what its layers share, and what they leave in it for training and
 * export.
 */
final class PassBuilder {

  private final Ops tf;
  private final Pass pass;
  private final long seed;
  private final Variables variables;
  private final Facts facts;
  private final Map<Variables.Variable, Operand<TFloat32>> reads = new LinkedHashMap<>();
  private final Map<String, RangeNodes> ranges = new LinkedHashMap<>();
  private final Map<String, PassGraph.Probe> probes = new LinkedHashMap<>();
  private final List<HostSite> hostSites = new ArrayList<>();
  private final Set<String> observedWeights = new HashSet<>();
  private final Map<String, LayerTensor> tensors = new LinkedHashMap<>();
  private final Map<String, PassGraph.Feed> inputs = new LinkedHashMap<>();
  private final Map<String, LayerTensor> outputs = new LinkedHashMap<>();
  private final Map<String, PassGraph.ExportNodes> exports = new LinkedHashMap<>();
  private final Map<String, PassGraph.ConstantNodes> constants = new LinkedHashMap<>();
  private final Map<String, BatchNormLayer.Factors> batchNorms = new LinkedHashMap<>();
  private final Map<Variables.Variable, Update> statisticUpdates = new LinkedHashMap<>();
  private final List<Update> rangeUpdates = new ArrayList<>();
  private final List<Operand<TFloat32>> penalties = new ArrayList<>();
  private final Map<String, Operand<TFloat32>> smallestScales = new HashMap<>();
  private final Set<String> rangesBegun = new HashSet<>();
  private Optional<Operand<TInt64>> step = Optional.empty();

  /** What the kernel makes of an operation on the output's grid, before its bounds. */
  interface Deployed {
    Operand<TFloat32> on(RangeNodes to);
  }

  /**
   * What all passes need to know of a model.
   *
   * @param network what it is
   * @param narrowestKernel the fewest bits of any kernel
   * @param scaleLimits of the kernels that write each range, by its name
   */
  record Facts(Network network, int narrowestKernel, Map<String, List<ScaleLimit>> scaleLimits) {}

  /** An empty pass. */
  PassBuilder(Ops tf, Pass pass, long seed, Variables variables, Facts facts) {
    this.tf = tf;
    this.pass = pass;
    this.seed = seed;
    this.variables = variables;
    this.facts = facts;
  }

  void addInput(String name, PassGraph.Feed feed) {
    inputs.put(name, feed);
  }

  /** Notes that a tensor holds indices of a table; of an input that is checked when it is fed. */
  void addIndices(String name, int rows) {
    inputs.computeIfPresent(name, (input, feed) -> feed.indicesBelow(rows));
  }

  void addOutput(String name, LayerTensor tensor) {
    outputs.put(name, tensor);
  }

  /**
   * An earlier tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  LayerTensor tensor(String name) {
    LayerTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "' was built before");
    }
    return tensor;
  }

  Pass pass() {
    return pass;
  }

  long seed() {
    return seed;
  }

  Ops scope(String name) {
    return tf.withSubScope(Tensors.scopeName(name));
  }

  Variables.Variable declare(
      String name, int[] shape, Variables.Role role, Variables.InitialValues initial) {
    return variables.declare(name, shape, role, initial);
  }

  /** A weight that starts as in Keras, by the fans of its shape. */
  Variables.Variable trainable(String name, int[] shape, Initializer initializer) {
    return declare(
        name, shape, Variables.Role.TRAINABLE, Initializers.of(initializer, seed, name, shape));
  }

  /** The variable's value at the start of the step; every reader in this pass gets the same. */
  Operand<TFloat32> read(Variables.Variable variable) {
    return reads.computeIfAbsent(
        variable, v -> tf.withSubScope("read").readVariableOp(v.handle(), TFloat32.class));
  }

  /** Like {@link #read}, where no gradient is wanted. */
  Operand<TFloat32> readUntrained(Variables.Variable variable) {
    Operand<TFloat32> known = reads.get(variable);
    return known != null
        ? known
        : tf.withSubScope("read").readVariableOp(variable.handle(), TFloat32.class);
  }

  /** The range of a tensor that was built before. */
  RangeNodes range(ActivationRange range) {
    RangeNodes known = ranges.get(range.name());
    if (known == null) {
      throw new IllegalArgumentException("no tensor has the range '" + range.name() + "' yet");
    }
    return known;
  }

  /** The grid that a tensor lies on in this pass; empty where it is float. */
  Optional<RangeNodes> grid(LayerTensor tensor) {
    return grid(tensor.range());
  }

  /** The grid of the output of an operation that is in the range of its input. */
  Optional<RangeNodes> grid(Operation.OnOne operation) {
    return grid(quantized(operation.output().range()));
  }

  private Optional<RangeNodes> grid(@Nullable ActivationRange range) {
    return Optional.ofNullable(pass.quantized() ? range : null).map(this::range);
  }

  /** The range of a tensor of that shape; made where it is the first. */
  RangeNodes range(ActivationRange range, int[] shape) {
    RangeNodes known = ranges.get(range.name());
    if (known == null) {
      known =
          new RangeNodes(
              this, tf, range, shape, pass.quantized() ? smallestScale(range) : Optional.empty());
      ranges.put(range.name(), known);
    }
    return known;
  }

  /**
   * Keeps the scale of a range from being smaller than the kernel that writes it takes, by what is
   * known where the layer is built only; of a range's first layer.
   */
  void limit(ActivationRange range, Operand<TFloat32> smallest) {
    smallestScales.put(range.name(), smallest);
  }

  /**
   * The smallest scale that all kernels which write a range take; empty where they take any. It
   * depends on the scales of what they read, which the ties of the range may have be needed before
   * they are built. What depends on this range in turn is left out: no limit asks for a scale that
   * is larger than the one it comes from.
   */
  private Optional<Operand<TFloat32>> smallestScale(ActivationRange range) {
    if (range.fixed().isPresent()) {
      return Optional.empty();
    }
    rangesBegun.add(range.name());
    Ops scoped = scope(range.name()).withSubScope("smallest");
    List<Operand<TFloat32>> all = new ArrayList<>();
    if (smallestScales.containsKey(range.name())) {
      all.add(smallestScales.get(range.name()));
    }
    for (ScaleLimit limit : facts.scaleLimits.getOrDefault(range.name(), List.of())) {
      limit.smallest(scoped, scalesOf(limit)).ifPresent(all::add);
    }
    rangesBegun.remove(range.name());
    return all.stream().reduce((a, b) -> scoped.math.maximum(a, b));
  }

  private List<Operand<TFloat32>> scalesOf(ScaleLimit limit) {
    List<Operand<TFloat32>> scales = new ArrayList<>();
    for (ScaleLimit.Reading input : limit.inputs()) {
      if (!rangesBegun.contains(input.range().name())) {
        scales.add(range(input.range(), input.shape()).scale());
      } else if (limit.isProduct()) {
        return List.of();
      }
    }
    return scales;
  }

  /** The range, or null where its quantizer leaves its tensors float. */
  @Nullable ActivationRange quantized(@Nullable ActivationRange range) {
    return range == null || range.isLeftFloat() ? null : range;
  }

  /** How a weight is quantized; empty where it stays float, or where the pass does not care. */
  Optional<WeightQuantization> quantized(@Nullable WeightQuantization how) {
    return Optional.ofNullable(how).filter(any -> asksQuantizers() && !any.isLeftFloat());
  }

  /** A statistic as it will be: layers that share one bring it up to date one after the other. */
  Operand<TFloat32> statistic(Variables.Variable variable) {
    Update pending = statisticUpdates.get(variable);
    return pending == null ? read(variable) : pending.value();
  }

  void addStatisticUpdate(Update update) {
    statisticUpdates.put(update.variable(), update);
  }

  /** What a batch norm that stands alone multiplies and adds, known from its first operation on. */
  Map<String, BatchNormLayer.Factors> batchNorms() {
    return batchNorms;
  }

  /** Lets the quantizer of a weight look at it, once however many layers have it. */
  void observe(QuantizerSite site, WeightQuantizer quantizer, Operand<TFloat32> weights) {
    if (!observedWeights.add(site.name())) {
      return;
    }
    rangeUpdates.addAll(site.observed(quantizer, List.of(weights)));
    hostSites.add(new HostSite(site, quantizer, List.of(weights)));
  }

  /** The fewest bits of any kernel of the model. */
  int narrowestKernel() {
    return facts.narrowestKernel;
  }

  private boolean asksQuantizers() {
    return pass.quantized() || pass.observing();
  }

  void addPenalty(Operand<TFloat32> penalty) {
    penalties.add(penalty);
  }

  /** Leaves a layer's weights to the export, in a pass for inference. */
  void export(
      String layer,
      Variables.Variable variable,
      ChannelAxes channels,
      Operand<TFloat32> kernel,
      Optional<Operand<TFloat32>> bias,
      Optional<PassGraph.Steps> steps) {
    export(
        layer,
        new PassGraph.ExportNodes(
            Optional.of(variable), channels, kernel, variable.shape(), bias, steps));
  }

  void export(String layer, PassGraph.ExportNodes nodes) {
    if (!pass.training()) {
      exports.put(layer, nodes);
    }
  }

  void export(String layer, PassGraph.ConstantNodes nodes) {
    if (!pass.training()) {
      constants.put(layer, nodes);
    }
  }

  /**
   * The kernel of an activation; empty where its input or output has not 8 bits. Other widths are
   * simulated only: the real result is rounded once.
   */
  Optional<Deployed> activation(
      Operation operation, LayerTensor x, Function<ActivationKernel, Operand<TFloat32>> kernel) {
    ActivationRange range = operation.output().range();
    return grid(x)
        .filter(from -> range != null && range.bits() == Byte.SIZE)
        .filter(from -> from.range().bits() == Byte.SIZE)
        .map(
            from ->
                to ->
                    kernel.apply(
                        new ActivationKernel(scope(operation.name()), from, to, x.operand())));
  }

  /** {@link #finish(Operation, Operand, Activation, Optional, Optional)} of a result rounded. */
  LayerTensor finish(Operation operation, Operand<TFloat32> raw, Activation activation) {
    return finish(operation, raw, activation, Optional.empty(), Optional.empty());
  }

  /**
   * Activation, observation and quantization: the end of every layer with a range of its own.
   *
   * @param raw the real result, which the range observes and the gradient goes to
   * @param deployed what the kernel makes of it; empty where that is the real result rounded
   * @param logits where a loss is taken, if not at the result
   */
  LayerTensor finish(
      Operation operation,
      Operand<TFloat32> raw,
      Activation activation,
      Optional<? extends Deployed> deployed,
      Optional<Operand<TFloat32>> logits) {
    String name = operation.name();
    Ops scoped = scope(name);
    ActivationRange range = quantized(operation.output().range());
    if (range == null || !asksQuantizers()) {
      return put(name, activate(scoped, raw, activation), range, logits);
    }
    RangeNodes nodes = range(range, shapeOf(raw));
    boolean isClipped = pass.quantized() && clippedBy(nodes, activation);
    Activation left = isClipped ? Activation.NONE : activation;
    Operand<TFloat32> y = activate(scoped, raw, left);
    if (pass.observing()) {
      nodes.observe(y);
    }
    if (pass.quantized()) {
      boolean isWithinOne = left == Activation.RELU_N1_TO_1;
      if (isWithinOne) {
        left = Activation.NONE; // the kernels bound the integers
        y = raw;
      }
      if (deployed.isPresent()) {
        var forward = activate(scoped, deployed.get().on(nodes), left);
        y = CustomGradients.straightThrough(scoped, forward, y);
      }
      y = nodes.fakeQuantize(y);
      if (isWithinOne) {
        y = new IntegerArithmetic(scoped).withinOne(nodes, y);
      }
    }
    return put(name, y, range, logits);
  }

  /** The end of an operation whose output has a range that its inputs have, too. */
  LayerTensor tied(Operation operation, Operand<TFloat32> y) {
    return put(operation, y, quantized(operation.output().range()));
  }

  /** On the grid of its range, if that is fed; what is moved there from another place stays. */
  private Operand<TFloat32> probed(
      Ops scoped, ActivationRange range, Operand<TFloat32> y, int[] shape) {
    PassGraph.Probe probe = probes.computeIfAbsent(range.name(), this::probe);
    var axes = scoped.constant(IntStream.rangeClosed(0, shape.length).toArray());
    long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    probes.put(range.name(), probe.with(scoped.min(y, axes), scoped.max(y, axes), elements));
    var zero = scoped.constant(0f);
    var nearest =
        scoped.math.floor(
            scoped.math.add(
                scoped.math.div(scoped.math.sub(y, probe.lowest()), probe.step()),
                scoped.constant(0.5f)));
    var onGrid =
        scoped.math.add(
            probe.lowest(),
            scoped.math.mul(scoped.clipByValue(nearest, zero, probe.steps()), probe.step()));
    return scoped.select(scoped.math.greater(probe.steps(), zero), onGrid, y);
  }

  private PassGraph.Probe probe(String range) {
    Ops scoped = scope(range).withSubScope("probe");
    return new PassGraph.Probe(
        scoped.placeholderWithDefault(scoped.constant(0f), Shape.scalar()),
        scoped.placeholderWithDefault(scoped.constant(1f), Shape.scalar()),
        scoped.placeholderWithDefault(scoped.constant(0f), Shape.scalar()),
        List.of(),
        0);
  }

  /** Whether the clipping of the fake quantization does all that the activation does. */
  private static boolean clippedBy(RangeNodes nodes, Activation activation) {
    ActivationRange range = nodes.range();
    boolean isNonNegative = range.isNonNegative() && nodes.endsAtKnownBounds();
    return switch (activation) {
      case NONE -> true;
      case RELU -> isNonNegative;
      case RELU6 -> isNonNegative && range.upperBound() <= 6;
      case RELU_N1_TO_1 -> false; // a range has no lower bound but 0
    };
  }

  static Operand<TFloat32> activate(Ops tf, Operand<TFloat32> x, Activation activation) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> tf.nn.relu(x);
      case RELU6 -> tf.nn.relu6(x);
      case RELU_N1_TO_1 -> tf.clipByValue(x, tf.constant(-1f), tf.constant(1f));
    };
  }

  LayerTensor put(Operation operation, Operand<TFloat32> values, @Nullable ActivationRange range) {
    return put(operation.name(), values, range, Optional.empty());
  }

  LayerTensor put(
      String name,
      Operand<TFloat32> values,
      @Nullable ActivationRange range,
      Optional<Operand<TFloat32>> logits) {
    return put(name, values, range, logits, null);
  }

  /** Indices of the largest values along the last axis of a tensor. */
  LayerTensor putIndices(String name, Operand<TFloat32> indices, LayerTensor classes) {
    return put(name, indices, null, Optional.empty(), classes);
  }

  private LayerTensor put(
      String name,
      Operand<TFloat32> values,
      @Nullable ActivationRange range,
      Optional<Operand<TFloat32>> logits,
      @Nullable LayerTensor classes) {
    // A dropout that does not act, or a border in float, yields what it reads; yet what is fetched
    // in one run must have different names.
    boolean isTaken = tensors.values().stream().anyMatch(known -> known.operand() == values);
    Operand<TFloat32> y = isTaken ? scope(name).identity(values) : values;
    int[] shape = shapeOf(y);
    if (range != null && pass.probed()) {
      y = probed(scope(name), range, y, shape);
    }
    // TensorFlow's optimizer makes one operation of a sigmoid and a product even where what is in
    // between is to be fetched; but it keeps this.
    Operand<TFloat32> kept = pass.training() ? y : scope(name).identity(y);
    LayerTensor tensor = new LayerTensor(name, kept, shape, range, logits, classes);
    if (tensors.put(name, tensor) != null) {
      throw new IllegalArgumentException("two tensors are called '" + name + "'");
    }
    return tensor;
  }

  /** A second name for a tensor. */
  LayerTensor alias(String name, LayerTensor x) {
    // A node of its own, so that both can be fetched at once.
    return put(name, scope(name).identity(x.operand()), x.range(), x.logits());
  }

  /** Sizes without the batch. */
  private static int[] shapeOf(Operand<TFloat32> y) {
    long[] whole = y.asOutput().shape().asArray();
    if (whole == null || Arrays.stream(whole, 1, whole.length).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "the shape of '"
              + y.op().name()
              + "' is "
              + y.asOutput().shape()
              + "; every size but the batch's must be known. Use reshape or ensureShape with it");
    }
    return Arrays.stream(whole, 1, whole.length).mapToInt(Math::toIntExact).toArray();
  }

  /** The number of the training step, which random layers draw from. */
  Operand<TInt64> step() {
    Operand<TInt64> known =
        step.orElseGet(
            () -> tf.withSubScope("step").placeholderWithDefault(tf.constant(0L), Shape.scalar()));
    step = Optional.of(known);
    return known;
  }

  // ---------------------------------------------------------------- what a pass yields

  /** The finished pass. */
  PassGraph build() {
    if (pass.observing()) {
      for (RangeNodes nodes : ranges.values()) {
        rangeUpdates.addAll(nodes.updates());
        hostSites.add(nodes.hostSite());
      }
    }
    Map<Variables.Variable, Operand<TFloat32>> trainable = new LinkedHashMap<>();
    reads.forEach(
        (variable, read) -> {
          if (variable.role().isTrained()) {
            trainable.put(variable, read);
          }
        });
    return new PassGraph(
        pass,
        Collections.unmodifiableMap(inputs),
        Collections.unmodifiableMap(outputs),
        Collections.unmodifiableMap(tensors),
        Collections.unmodifiableMap(trainable),
        Collections.unmodifiableMap(ranges),
        Collections.unmodifiableMap(exports),
        Collections.unmodifiableMap(constants),
        List.copyOf(statisticUpdates.values()),
        List.copyOf(rangeUpdates),
        Collections.unmodifiableMap(probes),
        List.copyOf(hostSites),
        penalties.stream().reduce(tf.math::add),
        step);
  }
}
