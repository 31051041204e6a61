package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
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
  private static final int MOST_INDICES = Integer.MAX_VALUE;

  private final PassBuilder shared;

  GraphBuilder(PassBuilder shared) {
    this.shared = shared;
  }

  // ---------------------------------------------------------------- what generated code calls

  /** An input of the model. */
  public Layer input(String name, int... shape) {
    Ops scoped = shared.scope(name);
    var bytes = scoped.placeholder(TUint8.class, Placeholder.shape(Tensors.batchOf(shape)));
    var scale = scoped.placeholderWithDefault(scoped.constant(1f), PassBuilder.scalar());
    var offset = scoped.placeholderWithDefault(scoped.constant(0f), PassBuilder.scalar());
    var value =
        scoped.math.add(scoped.math.mul(scoped.dtypes.cast(bytes, TFloat32.class), scale), offset);
    shared.addInput(name, new PassGraph.Feed(bytes, scale, offset, value, 0));
    // What is fed cannot be fetched. Nor may TensorFlow's optimizer make anything wait for it, as
    // for the x of x + x, which becomes 2 * x: such an edge runs even what is fed. It makes it wait
    // for this.
    return new Layer(name, scoped.ensureShape(value, Tensors.batchOf(shape)));
  }

  /** An input of the model that holds indices: whole numbers, fed as any other input. */
  public LayerTensor indices(String name, int... shape) {
    LayerTensor indices = input(name, shape).output();
    shared.addIndices(name, MOST_INDICES);
    return indices;
  }

  /** {@code CONV_2D}; kernel {@code [height, width, in, out]}. */
  public WeightedLayer conv2d(String name, LayerTensor x) {
    return new WeightedLayer(shared, name, x, WeightedLayer.Kind.CONV_2D);
  }

  /** {@code DEPTHWISE_CONV_2D}; kernel {@code [height, width, in, multiplier]}. */
  public WeightedLayer depthwiseConv2d(String name, LayerTensor x) {
    return new WeightedLayer(shared, name, x, WeightedLayer.Kind.DEPTHWISE_CONV_2D);
  }

  /** {@code TRANSPOSE_CONV}; kernel {@code [height, width, out, in]}. */
  public WeightedLayer conv2dTranspose(String name, LayerTensor x) {
    return new WeightedLayer(shared, name, x, WeightedLayer.Kind.TRANSPOSE_CONV);
  }

  /** {@code FULLY_CONNECTED} over the last axis; kernel {@code [in, units]}. */
  public WeightedLayer dense(String name, LayerTensor x) {
    return new WeightedLayer(shared, name, x, WeightedLayer.Kind.DENSE);
  }

  /** The largest value of each window. */
  public PoolLayer maxPool2d(String name, LayerTensor x) {
    return new PoolLayer(shared, name, x, false);
  }

  /** The mean of each window; padding does not count. */
  public PoolLayer averagePool2d(String name, LayerTensor x) {
    return new PoolLayer(shared, name, x, true);
  }

  /** The mean of each channel, of an image or of a row {@code [steps, channels]}. */
  public MeanLayer globalAveragePool2d(String name, LayerTensor x) {
    return new MeanLayer(shared, name, x);
  }

  /** The largest value of each channel, of an image or of a row {@code [steps, channels]}. */
  public LayerTensor globalMaxPool(String name, LayerTensor x, boolean keepDims) {
    Ops scoped = shared.scope(name);
    var largest =
        scoped.max(
            x.operand(),
            scoped.constant(MeanLayer.axes(x)),
            org.tensorflow.op.core.Max.keepDims(keepDims));
    return shared.put(name, largest, x.range(), null);
  }

  /** The multiplication of a batch norm that stands alone: {@code MUL} with a constant. */
  public BatchNormLayer batchNormScale(String name, LayerTensor x) {
    return BatchNormLayer.scale(shared, name, x);
  }

  /** The addition of a batch norm that stands alone: {@code ADD} of a constant. */
  public BatchNormLayer batchNormShift(String name, LayerTensor x) {
    return BatchNormLayer.shift(shared, name, x);
  }

  /** The same values in another shape; keeps the range. */
  public LayerTensor reshape(String name, LayerTensor x, int... shape) {
    Ops scoped = shared.scope(name);
    int[] whole = new int[shape.length + 1];
    whole[0] = -1;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    return shared.put(name, scoped.reshape(x.operand(), scoped.constant(whole)), x.range(), null);
  }

  /** Zeros around the image; keeps the range. */
  public LayerTensor zeroPad2d(
      String name, LayerTensor x, int top, int bottom, int left, int right) {
    Ops scoped = shared.scope(name);
    var paddings = scoped.constant(new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}});
    return shared.put(
        name, scoped.pad(x.operand(), paddings, scoped.constant(0f)), x.range(), null);
  }

  /** The values of a tensor in other places; keeps the range. */
  public MoveLayer move(String name, LayerTensor x) {
    return new MoveLayer(shared, name, x);
  }

  /** The nearest pixels of an image of another size. */
  public ResizeLayer resizeNearestNeighbor(String name, LayerTensor x, int height, int width) {
    return new ResizeLayer(shared, name, x, height, width, false);
  }

  /** An image of another size, from the four pixels around each. */
  public ResizeLayer resizeBilinear(String name, LayerTensor x, int height, int width) {
    return new ResizeLayer(shared, name, x, height, width, true);
  }

  /** The mean over axes. */
  public ReductionLayer mean(String name, LayerTensor x) {
    return new ReductionLayer(shared, ReductionLayer.Kind.MEAN, name, x);
  }

  /** The sum over axes. */
  public ReductionLayer sum(String name, LayerTensor x) {
    return new ReductionLayer(shared, ReductionLayer.Kind.SUM, name, x);
  }

  /** The largest value over axes. */
  public ReductionLayer reduceMax(String name, LayerTensor x) {
    return new ReductionLayer(shared, ReductionLayer.Kind.MAX, name, x);
  }

  /** The product of two tensors; sizes of 1 are repeated. */
  public Layer multiply(String name, LayerTensor a, LayerTensor b) {
    Layer layer = new Layer(name, shared.scope(name).math.mul(a.operand(), b.operand()));
    layer.limit = activation -> ScaleLimit.product(activation, a, b);
    if (a.range() != null && b.range() != null) {
      layer.deployed =
          to ->
              IntegerArithmetic.product(
                  shared.scope(name),
                  shared.range(a.range()),
                  a.operand(),
                  b.operand(),
                  shared.range(b.range()).scale(),
                  to);
    }
    return layer;
  }

  /** The first tensor minus the second; sizes of 1 are repeated. */
  public Layer subtract(String name, LayerTensor a, LayerTensor b) {
    return sum(name, shared.scope(name).math.sub(a.operand(), b.operand()), a, b);
  }

  /** The larger value at each place, all in one range; sizes of 1 are repeated. */
  public TiedLayer maximum(String name, LayerTensor a, LayerTensor b) {
    return new TiedLayer(name, shared.scope(name).math.maximum(a.operand(), b.operand()));
  }

  /** The smaller value at each place, all in one range; sizes of 1 are repeated. */
  public TiedLayer minimum(String name, LayerTensor a, LayerTensor b) {
    return new TiedLayer(name, shared.scope(name).math.minimum(a.operand(), b.operand()));
  }

  /** The sum of two tensors; sizes of 1 are repeated. */
  public Layer add(String name, LayerTensor a, LayerTensor b) {
    return sum(name, shared.scope(name).math.add(a.operand(), b.operand()), a, b);
  }

  private Layer sum(String name, Operand<TFloat32> y, LayerTensor a, LayerTensor b) {
    Layer layer = new Layer(name, y);
    layer.limit = activation -> ScaleLimit.sum(activation, a, b);
    shared.addSum(name, a, b);
    return layer;
  }

  /**
   * Tensors side by side, all in one range.
   *
   * @param axis counted with the batch in front: 3 for the channels of an image
   */
  public TiedLayer concat(String name, int axis, LayerTensor... parts) {
    Ops scoped = shared.scope(name);
    List<Operand<TFloat32>> operands = new ArrayList<>();
    for (LayerTensor part : parts) {
      operands.add(part.operand());
    }
    return new TiedLayer(name, scoped.concat(operands, scoped.constant(axis)));
  }

  /** In training, sets a share of the values to 0 and scales the rest up; else nothing. */
  public LayerTensor dropout(String name, LayerTensor x, double rate) {
    return new TrainingNoise(shared, name, x).dropout(rate);
  }

  /** In training, sets a share of the channels to 0 and scales the rest up; else nothing. */
  public LayerTensor spatialDropout(String name, LayerTensor x, double rate) {
    return new TrainingNoise(shared, name, x).spatialDropout(rate);
  }

  /** In training, adds a normal distribution of mean 0; else nothing. */
  public LayerTensor gaussianNoise(String name, LayerTensor x, double stddev) {
    return new TrainingNoise(shared, name, x).gaussian(stddev);
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
    Ops scoped = shared.scope(name);
    Operand<TFloat32> constant = scoped.constant((float) bound);
    if (x.range() != null && shared.pass().quantized()) {
      constant = shared.range(x.range()).fakeQuantize(constant);
    }
    return new TiedLayer(name, scoped.math.minimum(x.operand(), constant));
  }

  /** {@code x + constant}. */
  public ActivationLayer addConstant(String name, LayerTensor x, double constant) {
    return new ActivationLayer(shared, name, x, ActivationFunction.plus(constant));
  }

  /** {@code x * constant}. */
  public ActivationLayer multiplyConstant(String name, LayerTensor x, double constant) {
    return new ActivationLayer(shared, name, x, ActivationFunction.multipliedBy(constant));
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public ActivationLayer sigmoid(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.SIGMOID).logits(x);
  }

  /** The hyperbolic tangent. */
  public ActivationLayer tanh(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.TANH);
  }

  /** {@code x} where it is not negative, else {@code slope * x}. */
  public ActivationLayer leakyRelu(String name, LayerTensor x, double slope) {
    return new ActivationLayer(shared, name, x, ActivationFunction.leakyRelu(slope));
  }

  /** {@code x} where it is not negative, else {@code alpha * x} with a trained alpha. */
  public PReluLayer prelu(String name, LayerTensor x) {
    return new PReluLayer(shared, name, x);
  }

  /** {@code x} where it is not negative, else {@code exp(x) - 1}. */
  public ActivationLayer elu(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.ELU);
  }

  /** {@code x * min(max(x + 3, 0), 6) / 6}. */
  public ActivationLayer hardSwish(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.HARD_SWISH);
  }

  /** {@code x} times the normal distribution's share below it, exact or by a tanh. */
  public ActivationLayer gelu(String name, LayerTensor x, boolean approximate) {
    return new ActivationLayer(shared, name, x, ActivationFunction.gelu(approximate));
  }

  /** {@code x - log(sum(exp(x)))} over the last axis. */
  public ActivationLayer logSoftmax(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.LOG_SOFTMAX).logits(x);
  }

  /** {@code exp(x)}. */
  public ActivationLayer exp(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.EXP);
  }

  /** {@code x / sqrt(sum(x^2))} over the last axis. */
  public ActivationLayer l2Normalize(String name, LayerTensor x) {
    return new ActivationLayer(shared, name, x, ActivationFunction.L2_NORMALIZATION);
  }

  /** {@code exp(x) / sum(exp(x))} over the last axis. */
  public SoftmaxLayer softmax(String name, LayerTensor x) {
    return new SoftmaxLayer(shared, name, x);
  }

  /** The product of two matrices, the last two axes of each. */
  public MatrixProductLayer batchMatMul(String name, LayerTensor a, LayerTensor b) {
    return new MatrixProductLayer(shared, name, a, b);
  }

  /** The mean over the last axis, which stays with size 1. */
  public ChannelMeanLayer channelMean(String name, LayerTensor x) {
    return new ChannelMeanLayer(shared, name, x);
  }

  /** {@code x} scaled to length 1 along the last axis. */
  public L2NormalizationLayer l2Normalization(String name, LayerTensor x) {
    return new L2NormalizationLayer(shared, name, x);
  }

  /** A trained constant, without a batch. */
  public ParameterLayer parameter(String name, int... shape) {
    return new ParameterLayer(shared, name, shape);
  }

  /** A long short-term memory over a sequence. */
  public LstmLayer lstm(String name, LayerTensor x) {
    return new LstmLayer(shared, name, x);
  }

  /** One step of a sequence, from 0, as a sequence of one; keeps the range. */
  public LayerTensor step(String name, LayerTensor x, int index) {
    Ops scoped = shared.scope(name);
    var step = scoped.gather(x.operand(), scoped.constant(new int[] {index}), scoped.constant(1));
    return shared.put(name, step, x.range(), null);
  }

  /** The last step of a sequence; keeps the range. */
  public LayerTensor lastStep(String name, LayerTensor x) {
    Ops scoped = shared.scope(name);
    int last = x.shape()[0] - 1;
    var step = scoped.gather(x.operand(), scoped.constant(last), scoped.constant(1));
    return shared.put(name, step, x.range(), null);
  }

  /** The rows of a table that indices name, in the table's range. */
  public TiedLayer gather(String name, LayerTensor table, LayerTensor indices) {
    Ops scoped = shared.scope(name);
    shared.addIndices(indices.name(), table.shape()[0]);
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
    layer.limit = activation -> ScaleLimit.rescaling(x);
    return layer;
  }

  /** No kernel widens integers, so there the deployed model goes by real numbers. */
  private Operand<TFloat32> rescaled(String name, LayerTensor x, RangeNodes to) {
    return x.range().bits() < to.range().bits()
        ? x.operand()
        : IntegerArithmetic.rescaled(shared.scope(name), shared.range(x.range()), to, x.operand());
  }

  /** A second name for a tensor, as for the output of a batch norm that was folded. */
  public LayerTensor alias(String name, LayerTensor x) {
    return shared.alias(name, x);
  }

  /** Integer to float: the deployed model has a DEQUANTIZE here. */
  public LayerTensor dequantize(String name, LayerTensor x) {
    return shared.put(name, x.operand(), null, x.logits());
  }

  // ---------------------------------------------------------------- what custom layers call

  /** TensorFlow's operations, their names in the scope of that name. */
  public Ops ops(String name) {
    return shared.scope(name);
  }

  /** Whether this pass computes as the deployed model does. */
  public boolean isQuantized() {
    return shared.pass().quantized();
  }

  /** Whether this pass is one of training, in which layers such as dropout act. */
  public boolean isTraining() {
    return shared.pass().training();
  }

  /**
   * A trained weight; in a quantized pass on the grid that the deployed tensor has.
   *
   * @param layer that has it
   * @throws IllegalArgumentException if the layer has one of that name and another shape
   */
  public Operand<TFloat32> weight(String layer, DeclaredWeight weight) {
    return new FreeWeight(shared, layer, weight).values();
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
    shared.addOutput(name, tensor);
  }

  /**
   * An earlier tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public LayerTensor tensor(String name) {
    return shared.tensor(name);
  }

  // ---------------------------------------------------------------- layers under construction

  /** A layer without weights: an activation if wanted, then its output. */
  public final class Layer {
    private final String name;
    private final Operand<TFloat32> y;
    private Activation activation = Activation.NONE;
    private Operand<TFloat32> logits;
    private Function<RangeNodes, Operand<TFloat32>> deployed;
    private Function<Activation, ScaleLimit> limit;

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
      if (limit != null) {
        shared.limit(range, limit.apply(activation));
      }
      return shared.finish(name, y, deployed, activation, range, logits);
    }

    /** The output, float. */
    public LayerTensor output() {
      return shared.finish(name, y, null, activation, null, logits);
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
      return shared.put(name, y, shared.quantized(range), null);
    }

    /** The output, float. */
    public LayerTensor output() {
      return shared.put(name, y, null, null);
    }
  }
}
