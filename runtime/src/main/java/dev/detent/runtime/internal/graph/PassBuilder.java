package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
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
  private final Map<Variables.Variable, Operand<TFloat32>> reads = new LinkedHashMap<>();
  private final Map<String, RangeNodes> ranges = new LinkedHashMap<>();
  private final Map<String, ActivationQuantizer> quantizers = new HashMap<>();
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
  private Operand<TInt64> step;
  private final Map<String, List<ScaleLimit>> scaleLimits;
  private final Map<String, Operand<TFloat32>> smallestScales = new HashMap<>();
  private final Set<String> rangesBegun = new HashSet<>();
  private final int narrowestKernel;

  /**
   * An empty pass.
   *
   * @param narrowestKernel the fewest bits of any kernel of the model
   * @param scaleLimits of the kernels that write each range, by its name
   */
  PassBuilder(
      Ops tf,
      Pass pass,
      long seed,
      Variables variables,
      int narrowestKernel,
      Map<String, List<ScaleLimit>> scaleLimits) {
    this.narrowestKernel = narrowestKernel;
    this.scaleLimits = scaleLimits;
    this.tf = tf;
    this.pass = pass;
    this.seed = seed;
    this.variables = variables;
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

  /** The range of a tensor of that shape; made where it is the first. */
  RangeNodes range(ActivationRange range, int[] shape) {
    RangeNodes known = ranges.get(range.name());
    if (known == null) {
      Operand<TFloat32> smallest = pass.quantized() ? smallestScale(range) : null;
      known = new RangeNodes(this, tf, range, quantizer(range), shape, smallest);
      ranges.put(range.name(), known);
    }
    return known;
  }

  /**
   * Keeps the scale of a range from being smaller than the kernel that writes it takes, by what is
   * known where the layer is built only; of a range's first layer.
   */
  void limit(ActivationRange range, Operand<TFloat32> smallest) {
    if (pass.quantized() && range != null) {
      smallestScales.put(range.name(), smallest);
    }
  }

  /**
   * The smallest scale that all kernels which write a range take; null where they take any. It
   * depends on the scales of what they read, which the ties of the range may have be needed before
   * they are built. What depends on this range in turn is left out: no limit asks for a scale that
   * is larger than the one it comes from.
   */
  private Operand<TFloat32> smallestScale(ActivationRange range) {
    if (range.fixed().isPresent()) {
      return null;
    }
    rangesBegun.add(range.name());
    Ops scoped = scope(range.name()).withSubScope("smallest");
    Operand<TFloat32> smallest = smallestScales.get(range.name());
    for (ScaleLimit limit : scaleLimits.getOrDefault(range.name(), List.of())) {
      Operand<TFloat32> next = limit.smallest(scoped, scalesOf(limit));
      if (next != null) {
        smallest = smallest == null ? next : scoped.math.maximum(smallest, next);
      }
    }
    rangesBegun.remove(range.name());
    return smallest;
  }

  private List<Operand<TFloat32>> scalesOf(ScaleLimit limit) {
    List<Operand<TFloat32>> scales = new ArrayList<>();
    for (Tensor input : limit.inputs()) {
      if (!rangesBegun.contains(input.range().name())) {
        scales.add(range(input.range(), input.shape()).scale());
      } else if (limit.isProduct()) {
        return List.of();
      }
    }
    return scales;
  }

  private ActivationQuantizer quantizer(ActivationRange range) {
    return quantizers.computeIfAbsent(range.name(), name -> range.quantizerFactory().get());
  }

  /** The range, or null where its quantizer leaves its tensors float. */
  ActivationRange quantized(ActivationRange range) {
    return range == null || quantizer(range).leavesFloat() ? null : range;
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
    return narrowestKernel;
  }

  void addPenalty(Operand<TFloat32> penalty) {
    penalties.add(penalty);
  }

  void export(String layer, PassGraph.ExportNodes nodes) {
    exports.put(layer, nodes);
  }

  void export(String layer, PassGraph.ConstantNodes nodes) {
    constants.put(layer, nodes);
  }

  /**
   * Activation, observation and quantization: the end of every layer with a range of its own.
   *
   * @param raw the real result, which the range observes and the gradient goes to
   * @param deployed what the kernel makes of it on the output's grid, before its bounds; null where
   *     that is the real result rounded
   * @param wanted the output's range; null for a float one
   */
  LayerTensor finish(
      String name,
      Operand<TFloat32> raw,
      Function<RangeNodes, Operand<TFloat32>> deployed,
      Activation activation,
      ActivationRange wanted,
      Operand<TFloat32> logits) {
    Ops scoped = scope(name);
    ActivationRange range = quantized(wanted);
    boolean isOnGrid = range != null && (pass.quantized() || pass.observing());
    RangeNodes nodes = isOnGrid ? range(range, shapeOf(raw)) : null;
    boolean clipped = isOnGrid && pass.quantized() && clippedBy(nodes, activation);
    Activation left = clipped ? Activation.NONE : activation;
    Operand<TFloat32> y = activate(scoped, raw, left);
    if (isOnGrid) {
      if (pass.observing()) {
        nodes.observe(y);
      }
      if (pass.quantized()) {
        boolean isWithinOne = left == Activation.RELU_N1_TO_1;
        if (isWithinOne) {
          left = Activation.NONE; // the kernels bound the integers
          y = raw;
        }
        if (deployed != null) {
          var forward = activate(scoped, deployed.apply(nodes), left);
          y = CustomGradients.straightThrough(scoped, forward, y);
        }
        y = nodes.fakeQuantize(y);
        if (isWithinOne) {
          y = IntegerArithmetic.withinOne(scoped, nodes, y);
        }
      }
    }
    return put(name, y, range, logits);
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
        scoped.placeholderWithDefault(scoped.constant(0f), scalar()),
        scoped.placeholderWithDefault(scoped.constant(1f), scalar()),
        scoped.placeholderWithDefault(scoped.constant(0f), scalar()),
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

  LayerTensor put(
      String name, Operand<TFloat32> values, ActivationRange range, Operand<TFloat32> logits) {
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
    LayerTensor tensor = new LayerTensor(name, kept, shape, range, logits);
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
    if (step == null) {
      step = tf.withSubScope("step").placeholderWithDefault(tf.constant(0L), scalar());
    }
    return step;
  }

  static org.tensorflow.ndarray.Shape scalar() {
    return org.tensorflow.ndarray.Shape.scalar();
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
    Operand<TFloat32> penalty = null;
    for (Operand<TFloat32> term : penalties) {
      penalty = penalty == null ? term : tf.math.add(penalty, term);
    }
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
        penalty,
        step);
  }
}
