package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Bounds;
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
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * Builds one pass of a model: the calls of a generated {@code graph} method, in order of data flow.
 *
 * <p>Every tensor is {@code [batch, ...]}, images are {@code [batch, height, width, channels]}; the
 * shapes in calls leave the batch out. A layer given a range is quantized: in a quantized pass its
 * output lies on the grid that the deployed tensor has, and in any other pass the range is ignored
 * or observed.
 */
public final class GraphBuilder {

  private final Ops tf;
  private final Pass pass;
  private final long seed;
  private final Variables variables;
  private final Map<Variables.Variable, Operand<TFloat32>> reads = new LinkedHashMap<>();
  private final Map<String, RangeNodes> ranges = new LinkedHashMap<>();
  private final Map<String, ActivationQuantizer> quantizers = new HashMap<>();
  private final List<HostSite> hostSites = new ArrayList<>();
  private final Set<String> observedWeights = new HashSet<>();
  private final Map<String, LayerTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Feed> inputs = new LinkedHashMap<>();
  private final Map<String, LayerTensor> outputs = new LinkedHashMap<>();
  private final Map<String, ExportNodes> exports = new LinkedHashMap<>();
  private final Map<String, ConstantNodes> constants = new LinkedHashMap<>();
  private final Map<String, BatchNormLayer.Factors> batchNorms = new LinkedHashMap<>();
  private final Map<Variables.Variable, Update> statisticUpdates = new LinkedHashMap<>();
  private final List<Update> rangeUpdates = new ArrayList<>();
  private final List<Operand<TFloat32>> penalties = new ArrayList<>();
  private Operand<TInt64> step;
  private int narrowestKernel;

  /**
   * How an input is fed: as bytes, from which {@code value = byte * scale + offset} is computed in
   * the graph, or by feeding {@code value} itself.
   *
   * @param bytes takes {@code [batch, ...]} of uint8
   * @param scale takes a scalar, 1 by default
   * @param offset takes a scalar, 0 by default
   * @param value may be fed in place of all three
   */
  public record Feed(
      Operand<TUint8> bytes,
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      Operand<TFloat32> value) {}

  /**
   * What the export fetches of a layer with weights, and where they come from.
   *
   * @param variable holds the kernel before batch norm is folded in; null of a constant that is not
   *     trained
   * @param channels the variable's axes that are the output channels
   * @param kernel the folded kernel in TensorFlow's layout: integers if {@code scales} is not null
   * @param kernelShape its sizes
   * @param scales one for each output channel, or one; null in float
   * @param bias the folded bias: integers if {@code scales} is not null
   * @param bits width of one kernel integer; 32 in float
   * @param offGrid how far a quantizer's values were off their grid at most, in steps; null in
   *     float, and where the layer rounds to its grid itself
   */
  public record ExportNodes(
      Variables.Variable variable,
      ChannelAxes channels,
      Operand<TFloat32> kernel,
      int[] kernelShape,
      Operand<TFloat32> scales,
      Operand<TFloat32> bias,
      int bits,
      Operand<TFloat32> offGrid) {}

  /**
   * What the export fetches of a constant that an operation reads beside its input.
   *
   * @param values on the grid of {@code bounds}, if that is not null
   * @param bounds what the grid spans; null in float
   * @param bits width of one value; 32 in float
   */
  public record ConstantNodes(Operand<TFloat32> values, Bounds bounds, int bits) {}

  GraphBuilder(Ops tf, Pass pass, long seed, Variables variables, int narrowestKernel) {
    this.narrowestKernel = narrowestKernel;
    this.tf = tf;
    this.pass = pass;
    this.seed = seed;
    this.variables = variables;
  }

  // ---------------------------------------------------------------- what generated code calls

  /** An input of the model. */
  public Layer input(String name, int... shape) {
    Ops scoped = scope(name);
    var bytes = scoped.placeholder(TUint8.class, Placeholder.shape(Tensors.batchOf(shape)));
    var scale = scoped.placeholderWithDefault(scoped.constant(1f), scalar());
    var offset = scoped.placeholderWithDefault(scoped.constant(0f), scalar());
    var value =
        scoped.math.add(scoped.math.mul(scoped.dtypes.cast(bytes, TFloat32.class), scale), offset);
    inputs.put(name, new Feed(bytes, scale, offset, value));
    // What is fed cannot be fetched. Nor may TensorFlow's optimizer make anything wait for it, as
    // for the x of x + x, which becomes 2 * x: such an edge runs even what is fed. It makes it wait
    // for this.
    return new Layer(name, scoped.ensureShape(value, Tensors.batchOf(shape)));
  }

  /** An input of the model that holds indices: whole numbers, fed as any other input. */
  public LayerTensor indices(String name, int... shape) {
    return input(name, shape).output();
  }

  /** {@code CONV_2D}; kernel {@code [height, width, in, out]}. */
  public WeightedLayer conv2d(String name, LayerTensor x) {
    return new WeightedLayer(this, name, x, WeightedLayer.Kind.CONV_2D);
  }

  /** {@code DEPTHWISE_CONV_2D}; kernel {@code [height, width, in, multiplier]}. */
  public WeightedLayer depthwiseConv2d(String name, LayerTensor x) {
    return new WeightedLayer(this, name, x, WeightedLayer.Kind.DEPTHWISE_CONV_2D);
  }

  /** {@code TRANSPOSE_CONV}; kernel {@code [height, width, out, in]}. */
  public WeightedLayer conv2dTranspose(String name, LayerTensor x) {
    return new WeightedLayer(this, name, x, WeightedLayer.Kind.TRANSPOSE_CONV);
  }

  /** {@code FULLY_CONNECTED} over the last axis; kernel {@code [in, units]}. */
  public WeightedLayer dense(String name, LayerTensor x) {
    return new WeightedLayer(this, name, x, WeightedLayer.Kind.DENSE);
  }

  /** The largest value of each window. */
  public PoolLayer maxPool2d(String name, LayerTensor x) {
    return new PoolLayer(this, name, x, false);
  }

  /** The mean of each window; padding does not count. */
  public PoolLayer averagePool2d(String name, LayerTensor x) {
    return new PoolLayer(this, name, x, true);
  }

  /** The mean of each channel, of an image or of a row {@code [steps, channels]}. */
  public MeanLayer globalAveragePool2d(String name, LayerTensor x) {
    return new MeanLayer(this, name, x);
  }

  /** The largest value of each channel, of an image or of a row {@code [steps, channels]}. */
  public LayerTensor globalMaxPool(String name, LayerTensor x, boolean keepDims) {
    Ops scoped = scope(name);
    var largest =
        scoped.max(
            x.operand(),
            scoped.constant(MeanLayer.axes(x)),
            org.tensorflow.op.core.Max.keepDims(keepDims));
    return put(name, largest, x.range(), null);
  }

  /** The multiplication of a batch norm that stands alone: {@code MUL} with a constant. */
  public BatchNormLayer batchNormScale(String name, LayerTensor x) {
    return BatchNormLayer.scale(this, name, x);
  }

  /** The addition of a batch norm that stands alone: {@code ADD} of a constant. */
  public BatchNormLayer batchNormShift(String name, LayerTensor x) {
    return BatchNormLayer.shift(this, name, x);
  }

  /** The same values in another shape; keeps the range. */
  public LayerTensor reshape(String name, LayerTensor x, int... shape) {
    Ops scoped = scope(name);
    int[] whole = new int[shape.length + 1];
    whole[0] = -1;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    return put(name, scoped.reshape(x.operand(), scoped.constant(whole)), x.range(), null);
  }

  /** Zeros around the image; keeps the range. */
  public LayerTensor zeroPad2d(
      String name, LayerTensor x, int top, int bottom, int left, int right) {
    Ops scoped = scope(name);
    var paddings = scoped.constant(new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}});
    return put(name, scoped.pad(x.operand(), paddings, scoped.constant(0f)), x.range(), null);
  }

  /** The values of a tensor in other places; keeps the range. */
  public MoveLayer move(String name, LayerTensor x) {
    return new MoveLayer(this, name, x);
  }

  /** The nearest pixels of an image of another size. */
  public ResizeLayer resizeNearestNeighbor(String name, LayerTensor x, int height, int width) {
    return new ResizeLayer(this, name, x, height, width, false);
  }

  /** An image of another size, from the four pixels around each. */
  public ResizeLayer resizeBilinear(String name, LayerTensor x, int height, int width) {
    return new ResizeLayer(this, name, x, height, width, true);
  }

  /** The mean over axes. */
  public ReductionLayer mean(String name, LayerTensor x) {
    return new ReductionLayer(this, ReductionLayer.Kind.MEAN, name, x);
  }

  /** The sum over axes. */
  public ReductionLayer sum(String name, LayerTensor x) {
    return new ReductionLayer(this, ReductionLayer.Kind.SUM, name, x);
  }

  /** The largest value over axes. */
  public ReductionLayer reduceMax(String name, LayerTensor x) {
    return new ReductionLayer(this, ReductionLayer.Kind.MAX, name, x);
  }

  /** The product of two tensors; sizes of 1 are repeated. */
  public Layer multiply(String name, LayerTensor a, LayerTensor b) {
    Layer layer = new Layer(name, scope(name).math.mul(a.operand(), b.operand()));
    if (a.range() != null && b.range() != null) {
      layer.deployed =
          to ->
              IntegerArithmetic.product(
                  scope(name),
                  range(a.range()),
                  a.operand(),
                  b.operand(),
                  range(b.range()).scale(),
                  to);
    }
    return layer;
  }

  /** The first tensor minus the second; sizes of 1 are repeated. */
  public Layer subtract(String name, LayerTensor a, LayerTensor b) {
    return new Layer(name, scope(name).math.sub(a.operand(), b.operand()));
  }

  /** The larger value at each place, all in one range; sizes of 1 are repeated. */
  public TiedLayer maximum(String name, LayerTensor a, LayerTensor b) {
    return new TiedLayer(name, scope(name).math.maximum(a.operand(), b.operand()));
  }

  /** The smaller value at each place, all in one range; sizes of 1 are repeated. */
  public TiedLayer minimum(String name, LayerTensor a, LayerTensor b) {
    return new TiedLayer(name, scope(name).math.minimum(a.operand(), b.operand()));
  }

  /** The sum of two tensors; sizes of 1 are repeated. */
  public Layer add(String name, LayerTensor a, LayerTensor b) {
    return new Layer(name, scope(name).math.add(a.operand(), b.operand()));
  }

  /**
   * Tensors side by side, all in one range.
   *
   * @param axis counted with the batch in front: 3 for the channels of an image
   */
  public TiedLayer concat(String name, int axis, LayerTensor... parts) {
    Ops scoped = scope(name);
    List<Operand<TFloat32>> operands = new ArrayList<>();
    for (LayerTensor part : parts) {
      operands.add(part.operand());
    }
    return new TiedLayer(name, scoped.concat(operands, scoped.constant(axis)));
  }

  /** In training, sets a share of the values to 0 and scales the rest up; else nothing. */
  public LayerTensor dropout(String name, LayerTensor x, double rate) {
    if (!pass.training() || rate == 0) {
      return alias(name, x);
    }
    Ops scoped = scope(name);
    var seeds = scoped.stack(List.of(step(), scoped.constant(Initializers.mix(seed, name))));
    var uniform =
        scoped.random.statelessRandomUniform(scoped.shape(x.operand()), seeds, TFloat32.class);
    var kept =
        scoped.dtypes.cast(
            scoped.math.greaterEqual(uniform, scoped.constant((float) rate)), TFloat32.class);
    var scaled = scoped.math.mul(kept, scoped.constant((float) (1 / (1 - rate))));
    return put(name, scoped.math.mul(x.operand(), scaled), x.range(), null);
  }

  /** In training, sets a share of the channels to 0 and scales the rest up; else nothing. */
  public LayerTensor spatialDropout(String name, LayerTensor x, double rate) {
    return new TrainingNoise(this, name, x).spatialDropout(rate);
  }

  /** In training, adds a normal distribution of mean 0; else nothing. */
  public LayerTensor gaussianNoise(String name, LayerTensor x, double stddev) {
    return new TrainingNoise(this, name, x).gaussian(stddev);
  }

  /** {@code max(x, 0)} as an operation of its own. */
  public Layer relu(String name, LayerTensor x) {
    return rescaling(name, x).activation(Activation.RELU);
  }

  /** {@code min(max(x, 0), 6)} as an operation of its own. */
  public Layer relu6(String name, LayerTensor x) {
    return rescaling(name, x).activation(Activation.RELU6);
  }

  /** {@code min(max(x, -1), 1)} as an operation of its own. */
  public Layer reluN1To1(String name, LayerTensor x) {
    return rescaling(name, x).activation(Activation.RELU_N1_TO_1);
  }

  /** {@code min(x, bound)} in the range of {@code x}. */
  public TiedLayer minimum(String name, LayerTensor x, double bound) {
    Ops scoped = scope(name);
    Operand<TFloat32> constant = scoped.constant((float) bound);
    if (x.range() != null && pass.quantized()) {
      constant = range(x.range()).fakeQuantize(constant);
    }
    return new TiedLayer(name, scoped.math.minimum(x.operand(), constant));
  }

  /** {@code x + constant}. */
  public ActivationLayer addConstant(String name, LayerTensor x, double constant) {
    return new ActivationLayer(this, name, x, ActivationFunction.plus(constant));
  }

  /** {@code x * constant}. */
  public ActivationLayer multiplyConstant(String name, LayerTensor x, double constant) {
    return new ActivationLayer(this, name, x, ActivationFunction.multipliedBy(constant));
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public ActivationLayer sigmoid(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.SIGMOID).logits(x);
  }

  /** The hyperbolic tangent. */
  public ActivationLayer tanh(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.TANH);
  }

  /** {@code x} where it is not negative, else {@code slope * x}. */
  public ActivationLayer leakyRelu(String name, LayerTensor x, double slope) {
    return new ActivationLayer(this, name, x, ActivationFunction.leakyRelu(slope));
  }

  /** {@code x} where it is not negative, else {@code alpha * x} with a trained alpha. */
  public PReluLayer prelu(String name, LayerTensor x) {
    return new PReluLayer(this, name, x);
  }

  /** {@code x} where it is not negative, else {@code exp(x) - 1}. */
  public ActivationLayer elu(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.ELU);
  }

  /** {@code x * min(max(x + 3, 0), 6) / 6}. */
  public ActivationLayer hardSwish(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.HARD_SWISH);
  }

  /** {@code x} times the normal distribution's share below it, exact or by a tanh. */
  public ActivationLayer gelu(String name, LayerTensor x, boolean approximate) {
    return new ActivationLayer(this, name, x, ActivationFunction.gelu(approximate));
  }

  /** {@code x - log(sum(exp(x)))} over the last axis. */
  public ActivationLayer logSoftmax(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.LOG_SOFTMAX).logits(x);
  }

  /** {@code exp(x)}. */
  public ActivationLayer exp(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.EXP);
  }

  /** {@code x / sqrt(sum(x^2))} over the last axis. */
  public ActivationLayer l2Normalize(String name, LayerTensor x) {
    return new ActivationLayer(this, name, x, ActivationFunction.L2_NORMALIZATION);
  }

  /** {@code exp(x) / sum(exp(x))} over the last axis. */
  public SoftmaxLayer softmax(String name, LayerTensor x) {
    return new SoftmaxLayer(this, name, x);
  }

  /** The product of two matrices, the last two axes of each. */
  public MatrixProductLayer batchMatMul(String name, LayerTensor a, LayerTensor b) {
    return new MatrixProductLayer(this, name, a, b);
  }

  /** The mean over the last axis, which stays with size 1. */
  public ChannelMeanLayer channelMean(String name, LayerTensor x) {
    return new ChannelMeanLayer(this, name, x);
  }

  /** {@code x} scaled to length 1 along the last axis. */
  public L2NormalizationLayer l2Normalization(String name, LayerTensor x) {
    return new L2NormalizationLayer(this, name, x);
  }

  /** A trained constant, without a batch. */
  public ParameterLayer parameter(String name, int... shape) {
    return new ParameterLayer(this, name, shape);
  }

  /** A long short-term memory over a sequence. */
  public LstmLayer lstm(String name, LayerTensor x) {
    return new LstmLayer(this, name, x);
  }

  /** One step of a sequence, from 0, as a sequence of one; keeps the range. */
  public LayerTensor step(String name, LayerTensor x, int index) {
    Ops scoped = scope(name);
    var step = scoped.gather(x.operand(), scoped.constant(new int[] {index}), scoped.constant(1));
    return put(name, step, x.range(), null);
  }

  /** The last step of a sequence; keeps the range. */
  public LayerTensor lastStep(String name, LayerTensor x) {
    Ops scoped = scope(name);
    int last = x.shape()[0] - 1;
    var step = scoped.gather(x.operand(), scoped.constant(last), scoped.constant(1));
    return put(name, step, x.range(), null);
  }

  /** The rows of a table that indices name, in the table's range. */
  public TiedLayer gather(String name, LayerTensor table, LayerTensor indices) {
    Ops scoped = scope(name);
    var rows = scoped.reshape(table.operand(), scoped.constant(table.shape()));
    var numbers = scoped.dtypes.cast(indices.operand(), TInt32.class);
    return new TiedLayer(name, scoped.gather(rows, numbers, scoped.constant(0)));
  }

  /** Float to integer, or one range to another: the deployed model has a QUANTIZE here. */
  public LayerTensor quantize(String name, LayerTensor x, ActivationRange range) {
    return rescaling(name, x).output(range);
  }

  /** A layer that only moves integers from one grid to another. */
  private Layer rescaling(String name, LayerTensor x) {
    Layer layer = new Layer(name, x.operand());
    if (x.range() != null) {
      layer.deployed = to -> rescaled(name, x, to);
    }
    return layer;
  }

  /** No kernel widens integers, so there the deployed model goes by real numbers. */
  private Operand<TFloat32> rescaled(String name, LayerTensor x, RangeNodes to) {
    return x.range().bits() < to.range().bits()
        ? x.operand()
        : IntegerArithmetic.rescaled(scope(name), range(x.range()), to, x.operand());
  }

  /** A second name for a tensor, as for the output of a batch norm that was folded. */
  public LayerTensor alias(String name, LayerTensor x) {
    // A node of its own, so that both can be fetched at once.
    return put(name, scope(name).identity(x.operand()), x.range(), x.logits());
  }

  /** Integer to float: the deployed model has a DEQUANTIZE here. */
  public LayerTensor dequantize(String name, LayerTensor x) {
    return put(name, x.operand(), null, x.logits());
  }

  // ---------------------------------------------------------------- what custom layers call

  /** TensorFlow's operations, their names in the scope of that name. */
  public Ops ops(String name) {
    return scope(name);
  }

  /** Whether this pass computes as the deployed model does. */
  public boolean isQuantized() {
    return pass.quantized();
  }

  /** Whether this pass is one of training, in which layers such as dropout act. */
  public boolean isTraining() {
    return pass.training();
  }

  /**
   * A trained weight; in a quantized pass on the grid that the deployed tensor has.
   *
   * @param layer that has it
   * @throws IllegalArgumentException if the layer has one of that name and another shape
   */
  public Operand<TFloat32> weight(String layer, DeclaredWeight weight) {
    return new FreeWeight(this, layer, weight).values();
  }

  /**
   * Any computation, as a layer: {@code [batch, ...]}. Its output is rounded to its range once.
   *
   * @param y the result, every size but the batch's known
   */
  public Layer custom(String name, Operand<TFloat32> y) {
    return new Layer(name, y);
  }

  /**
   * Values that are on the grid of what the layer reads already, moved or chosen but not changed.
   */
  public TiedLayer moved(String name, Operand<TFloat32> y) {
    return new TiedLayer(name, y);
  }

  /** Declares an output of the model. */
  public void output(String name, LayerTensor tensor) {
    outputs.put(name, tensor);
  }

  /**
   * An earlier tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public LayerTensor tensor(String name) {
    LayerTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "' was built before");
    }
    return tensor;
  }

  // ---------------------------------------------------------------- layers under construction

  /** A layer without weights: an activation if wanted, then its output. */
  public final class Layer {
    private final String name;
    private final Operand<TFloat32> y;
    private Activation activation = Activation.NONE;
    private Operand<TFloat32> logits;
    private Function<RangeNodes, Operand<TFloat32>> deployed;

    private Layer(String name, Operand<TFloat32> y) {
      this.name = name;
      this.y = y;
    }

    /** The activation that TFLite fuses into the operation. */
    public Layer activation(Activation fused) {
      activation = fused;
      return this;
    }

    /** The output, quantized. */
    public LayerTensor output(ActivationRange range) {
      return finish(name, y, deployed, activation, range, logits);
    }

    /** The output, float. */
    public LayerTensor output() {
      return finish(name, y, null, activation, null, logits);
    }
  }

  /** A layer whose values are on the grid of its inputs already. */
  public final class TiedLayer {
    private final String name;
    private final Operand<TFloat32> y;

    private TiedLayer(String name, Operand<TFloat32> y) {
      this.name = name;
      this.y = y;
    }

    /** The output, in the range that its inputs have. */
    public LayerTensor output(ActivationRange range) {
      return put(name, y, quantized(range), null);
    }

    /** The output, float. */
    public LayerTensor output() {
      return put(name, y, null, null);
    }
  }

  // ---------------------------------------------------------------- what the layers share

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
      known = new RangeNodes(this, tf, range, quantizer(range), shape);
      ranges.put(range.name(), known);
    }
    return known;
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

  /** Has a layer have a kernel of so many bits. */
  void noteKernel(int bits) {
    narrowestKernel = Math.min(narrowestKernel, bits);
  }

  /** The fewest bits of any kernel, of all layers where an earlier pass has had them. */
  int narrowestKernel() {
    return narrowestKernel;
  }

  void addPenalty(Operand<TFloat32> penalty) {
    penalties.add(penalty);
  }

  void export(String layer, ExportNodes nodes) {
    exports.put(layer, nodes);
  }

  void export(String layer, ConstantNodes nodes) {
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
    // TensorFlow's optimizer makes one operation of a sigmoid and a product even where what is in
    // between is to be fetched; but it keeps this.
    Operand<TFloat32> kept = pass.training() ? y : scope(name).identity(y);
    LayerTensor tensor = new LayerTensor(name, kept, shape, range, logits);
    if (tensors.put(name, tensor) != null) {
      throw new IllegalArgumentException("two tensors are called '" + name + "'");
    }
    return tensor;
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

  private static org.tensorflow.ndarray.Shape scalar() {
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
        List.copyOf(hostSites),
        penalty,
        step);
  }
}
