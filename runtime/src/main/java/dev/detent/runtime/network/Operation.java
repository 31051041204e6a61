package dev.detent.runtime.network;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Padding;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a model, as TFLite runs it, with what training has to know of it besides: how
 * weights start, and what acts in training only.
 *
 * <p>Axes count the batch, which is the first; sizes, margins and places leave it out.
 */
public sealed interface Operation {

  /** What it yields. */
  Tensor output();

  /** What it reads, in the order of TFLite's kernel. */
  List<Tensor> inputs();

  /** Hands this to the method that reads its kind. */
  <R> R accept(OperationReader<R> reader);

  /** The name of the output, which the operation's weights and constants have, too. */
  default String name() {
    return output().name();
  }

  /** How an operation brings scales together, which its kernels have limits for. */
  enum Scaling {
    /** Not at all: the output has the scale of the inputs, or a prescribed one. */
    KEPT,
    /** It adds values of several scales. */
    SUM,
    /** It multiplies values. */
    PRODUCT,
    /** It adds up products of values. */
    MATRIX_PRODUCT,
    /** It adds up products of values and weights. */
    WEIGHTS,
    /** It takes the mean of values of one scale. */
    MEAN,
    /** It adds up values of one scale. */
    TOTAL,
    /** HARD_SWISH, whose kernel has a limit of its own. */
    HARD_SWISH,
    /** It brings each value to another scale. */
    RESCALING,
    /** It looks each value up in a table. */
    LOOKED_UP
  }

  /** How it brings scales together. */
  Scaling scaling();

  /** An operation on one tensor. */
  sealed interface OnOne extends Operation {
    /** What it reads. */
    Tensor x();

    @Override
    default List<Tensor> inputs() {
      return List.of(x());
    }
  }

  /** An operation whose output has the range of its input. */
  sealed interface Moving extends OnOne {
    @Override
    default Scaling scaling() {
      return Scaling.KEPT;
    }
  }

  /**
   * An input of the model.
   *
   * @param isIndices whether it holds int32, whatever the others hold
   */
  record Input(boolean isIndices, Tensor output) implements Operation {
    @Override
    public List<Tensor> inputs() {
      return List.of();
    }

    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * A tensor that is the same for all examples: trained, and a constant of the deployed model.
   *
   * @param initializer how its variable starts
   * @param values what it starts with instead, one number or one for each; empty where the
   *     initializer draws them
   * @param factor what the variable is multiplied with
   * @param isTrained whether there is a variable; else it stays as it starts
   */
  record Parameter(
      Initializer initializer, List<Double> values, double factor, boolean isTrained, Tensor output)
      implements Operation {
    /** Keeps a copy. */
    public Parameter {
      values = List.copyOf(values);
      if (values.size() > 1 && values.size() != output.elements()) {
        throw new IllegalArgumentException(
            "'"
                + output.name()
                + "' starts with "
                + values.size()
                + " values, but has "
                + output.elements()
                + " elements");
      }
    }

    @Override
    public List<Tensor> inputs() {
      return List.of();
    }

    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV or FULLY_CONNECTED.
   *
   * @param weights its kernel, bias and batch norm
   * @param window what a convolution does with it; of FULLY_CONNECTED {@link Window#NONE}
   * @param activation that is fused in
   */
  record Weighted(
      Kind kind, Tensor x, Weights weights, Window window, Activation activation, Tensor output)
      implements OnOne {

    /** Which operation; with the layout of its kernel. */
    public enum Kind {
      /** {@code [height, width, in, out]}. */
      CONV_2D,
      /** {@code [height, width, in, multiplier]}. */
      DEPTHWISE_CONV_2D,
      /** {@code [in, units]}, over the last axis. */
      FULLY_CONNECTED,
      /** {@code [height, width, out, in]}. */
      TRANSPOSE_CONV
    }

    /** The same with another window on another tensor. */
    public Weighted reading(Tensor other, Window otherWindow) {
      return new Weighted(kind, other, weights, otherWindow, activation, output);
    }

    @Override
    public Scaling scaling() {
      return Scaling.WEIGHTS;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * What a layer with a kernel is trained with.
   *
   * @param owner whose variables these are: two operations of one owner have the same weights, each
   *     in the ranges of its own input and output
   * @param shape of the kernel, in TensorFlow's layout
   * @param initializer how the kernel starts
   * @param l1 the factor of {@code sum(|kernel|)} in the loss
   * @param l2 the factor of {@code sum(kernel^2)} in the loss
   * @param quantization of the kernel; null where it stays float
   * @param bias how the bias starts; null where there is none
   * @param biasBits the bits of the bias of simulated hardware; 0 as TFLite's kernels have them
   * @param batchNorm what is folded in; null where there is none
   */
  record Weights(
      String owner,
      List<Integer> shape,
      Initializer initializer,
      double l1,
      double l2,
      @Nullable WeightQuantization quantization,
      @Nullable Initializer bias,
      int biasBits,
      @Nullable BatchNormalization batchNorm) {
    /** Keeps a copy. */
    public Weights {
      shape = List.copyOf(shape);
    }

    /** The sizes of the kernel as an array. */
    public int[] kernel() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /**
   * Where the windows of a convolution or a pooling are.
   *
   * @param strideHeight steps from window to window, at least 1
   * @param strideWidth steps from window to window, at least 1
   * @param dilationHeight distance of the taps, at least 1
   * @param dilationWidth distance of the taps, at least 1
   * @param padding at the edges, which is not {@link Padding#CAUSAL}: that is a PAD of its own
   */
  record Window(
      int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, Padding padding) {
    /** One step each, and no padding. */
    public static final Window NONE = new Window(1, 1, 1, 1, Padding.VALID);

    /** Checks the padding. */
    public Window {
      if (padding == Padding.CAUSAL) {
        throw new IllegalArgumentException(
            "causal padding belongs to sequences; pad with zeroPad1d first, then use VALID");
      }
    }

    /** The same without padding. */
    public Window valid() {
      return new Window(strideHeight, strideWidth, dilationHeight, dilationWidth, Padding.VALID);
    }
  }

  /**
   * One of the two operations of a batch norm that no layer takes in: MUL and ADD with a row of
   * numbers, one a channel.
   *
   * @param part which of the two
   * @param owner the layer whose statistics, gamma and beta these are
   * @param norm its numbers; of the shift those of its scale
   */
  record BatchNorm(
      Part part,
      Tensor x,
      String owner,
      BatchNormalization norm,
      Activation activation,
      Tensor output)
      implements OnOne {

    /** Which of the two. */
    public enum Part {
      /** MUL; it comes first. */
      SCALE,
      /** ADD. */
      SHIFT
    }

    @Override
    public Scaling scaling() {
      return part == Part.SCALE ? Scaling.PRODUCT : Scaling.SUM;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * MAX_POOL_2D or AVERAGE_POOL_2D, whose padding does not count.
   *
   * @param height of a window in pixels
   * @param width of a window in pixels
   */
  record Pool(
      Kind kind,
      Tensor x,
      int height,
      int width,
      Window window,
      Activation activation,
      Tensor output)
      implements Moving {

    /** What a window becomes. */
    public enum Kind {
      /** MAX_POOL_2D. */
      MAX,
      /** AVERAGE_POOL_2D. */
      AVERAGE
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * MEAN, SUM or REDUCE_MAX.
   *
   * @param axes that become one value
   * @param keepDims whether they stay with size 1
   */
  record Reduction(Kind kind, Tensor x, List<Integer> axes, boolean keepDims, Tensor output)
      implements OnOne {

    /** What the values become. */
    public enum Kind {
      /** Their mean. */
      MEAN,
      /** Their sum. */
      SUM,
      /** The largest; in the range of the input. */
      MAX
    }

    /** Keeps a copy, sorted. */
    public Reduction {
      axes = axes.stream().sorted().toList();
    }

    @Override
    public Scaling scaling() {
      return switch (kind) {
        case MEAN -> Scaling.MEAN;
        case SUM -> Scaling.TOTAL;
        case MAX -> Scaling.KEPT;
      };
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * The index of the largest value along an axis, which goes; of equal ones the first. It is an
   * int32, whatever the other tensors are.
   *
   * @param axis counts the batch
   */
  record ArgMax(Tensor x, int axis, Tensor output) implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * An operation on two tensors, value by value; sizes of 1 are repeated.
   *
   * @param activation that is fused in; MAXIMUM and MINIMUM fuse none
   */
  record Binary(Kind kind, Tensor a, Tensor b, Activation activation, Tensor output)
      implements Operation {

    /** Which one. */
    public enum Kind {
      /** The sum. */
      ADD(Scaling.SUM),
      /** The first less the second. */
      SUB(Scaling.SUM),
      /** The product. */
      MUL(Scaling.PRODUCT),
      /** The larger value, in the range of both. */
      MAXIMUM(Scaling.KEPT),
      /** The smaller value, in the range of both. */
      MINIMUM(Scaling.KEPT);

      private final Scaling scaling;

      Kind(Scaling scaling) {
        this.scaling = scaling;
      }
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(a, b);
    }

    @Override
    public Scaling scaling() {
      return kind.scaling;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * An operation whose second operand is one number for all values.
   *
   * @param kind ADD, MUL or MINIMUM; a MINIMUM is in the range of its input
   * @param activation that is fused in; MINIMUM fuses none
   */
  record WithNumber(Binary.Kind kind, Tensor x, double number, Activation activation, Tensor output)
      implements OnOne {
    @Override
    public Scaling scaling() {
      return kind.scaling;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** An operation on one tensor that has no attributes. */
  record Unary(UnaryKind kind, Tensor x, Tensor output) implements OnOne {

    @Override
    public Scaling scaling() {
      return kind.scaling();
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * L2_NORMALIZATION of vectors as a part of a normalization, which has centered most of them.
   *
   * @param epsilon added to the mean of the squares in the gradient
   */
  record CenteredUnit(Tensor x, double epsilon, Tensor output) implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * {@code x} where it is not negative, else {@code alpha * x}.
   *
   * @param alpha a share
   */
  record LeakyRelu(Tensor x, double alpha, Tensor output) implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.RESCALING;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * {@code x} where it is not negative, else {@code alpha * x} with a trained alpha.
   *
   * @param alpha its sizes: those of the input, and 1 where it is shared
   * @param initializer how it starts
   * @param bits of alpha's integers; 0 where it stays float
   */
  record PRelu(Tensor x, List<Integer> alpha, Initializer initializer, int bits, Tensor output)
      implements OnOne {
    /** Keeps a copy. */
    public PRelu {
      alpha = List.copyOf(alpha);
    }

    @Override
    public Scaling scaling() {
      return Scaling.RESCALING;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * {@code x} where it is above a number, else 0.
   *
   * @param theta the number
   */
  record ThresholdedRelu(Tensor x, double theta, Tensor output) implements Moving {
    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * {@code exp(beta x) / sum(exp(beta x))} over the last axis.
   *
   * @param beta positive
   */
  record Softmax(Tensor x, double beta, Tensor output) implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * The product of two matrices, the last two axes of each.
   *
   * @param transposeA whether the left one is transposed first
   * @param transposeB whether the right one is transposed first
   */
  record BatchMatMul(Tensor a, Tensor b, boolean transposeA, boolean transposeB, Tensor output)
      implements Operation {
    @Override
    public List<Tensor> inputs() {
      return List.of(a, b);
    }

    @Override
    public Scaling scaling() {
      return Scaling.MATRIX_PRODUCT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * A long short-term memory over {@code [steps, in]}; yields the state after each step.
   *
   * @param units size of the state
   * @param kernelInitializer how the kernel of the input starts
   * @param recurrentInitializer how the kernel of the state starts
   * @param bias how the bias starts; null where there is none
   * @param isForgetOne whether the forget gate's part of the bias starts with ones
   */
  record Lstm(
      Tensor x,
      int units,
      Initializer kernelInitializer,
      Initializer recurrentInitializer,
      @Nullable Initializer bias,
      boolean isForgetOne,
      Tensor output)
      implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** The rows of a table that indices name, in the table's range. */
  record Gather(Tensor table, Tensor indices, Tensor output) implements Operation {
    @Override
    public List<Tensor> inputs() {
      return List.of(table, indices);
    }

    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** Tensors side by side, all in one range. */
  record Concatenation(int axis, List<Tensor> inputs, Tensor output) implements Operation {
    /** Keeps a copy. */
    public Concatenation {
      inputs = List.copyOf(inputs);
    }

    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** The same values in another shape. */
  record Reshape(Tensor x, Tensor output) implements Moving {
    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * The axes in another order.
   *
   * @param axes for each of the output but the batch the one of the input that it is
   */
  record Transpose(Tensor x, List<Integer> axes, Tensor output) implements Moving {
    /** Keeps a copy. */
    public Transpose {
      axes = List.copyOf(axes);
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * PAD or MIRROR_PAD.
   *
   * @param mirror where the mirror stands; null where zeros are added
   * @param before how many before each axis but the batch
   * @param after how many after each axis but the batch
   */
  record Pad(
      Tensor x, @Nullable PadMode mirror, List<Integer> before, List<Integer> after, Tensor output)
      implements Moving {
    /** Keeps copies. */
    public Pad {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * Some places of every axis but the batch.
   *
   * @param begin the first place
   * @param end the first place that is not taken any more; from the end if negative
   * @param strides steps from one to the next, at least 1, or -1 for all places from the last one
   *     on
   * @param dropsFirst whether the first axis after the batch goes, of which one place is taken
   */
  record StridedSlice(
      Tensor x,
      List<Integer> begin,
      List<Integer> end,
      List<Integer> strides,
      boolean dropsFirst,
      Tensor output)
      implements Moving {
    /** Keeps copies. */
    public StridedSlice {
      begin = List.copyOf(begin);
      end = List.copyOf(end);
      strides = List.copyOf(strides);
    }

    /** Whether it takes the last place of an axis first. */
    public boolean isReversed() {
      return strides.contains(-1);
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * One of several parts of equal size; all that cut one tensor alike are one SPLIT.
   *
   * @param parts how many there are
   * @param index which one the output is, from 0
   */
  record Split(Tensor x, int axis, int parts, int index, Tensor output) implements Moving {
    /** Whether both are parts of one SPLIT. */
    public boolean isCutLike(Split other) {
      return x == other.x && axis == other.axis && parts == other.parts;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * SPACE_TO_DEPTH or DEPTH_TO_SPACE.
   *
   * @param isToDepth whether pixels become channels
   * @param size the side of a block in pixels
   */
  record Blocks(boolean isToDepth, Tensor x, int size, Tensor output) implements Moving {
    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * The whole again and again along the first axis after the batch.
   *
   * @param times how often
   */
  record Tile(Tensor x, int times, Tensor output) implements Moving {
    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * RESIZE_NEAREST_NEIGHBOR or RESIZE_BILINEAR to the size of the output; at most one of the flags
   * is true.
   *
   * @param isBilinear whether the four pixels around count
   * @param alignCorners whether the outermost pixels lie on one another
   * @param halfPixelCenters whether a pixel lies in its middle
   */
  record Resize(
      boolean isBilinear, Tensor x, boolean alignCorners, boolean halfPixelCenters, Tensor output)
      implements Moving {
    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * What disturbs values in training; deployed, the output is the input.
   *
   * @param amount a rate from 0 to below 1, or a standard deviation
   */
  record Noise(Kind kind, Tensor x, double amount, Tensor output) implements Moving {

    /** What it does. */
    public enum Kind {
      /** A share of the values to 0, the rest scaled up. */
      DROPOUT,
      /** A share of the channels to 0, the rest scaled up. */
      SPATIAL_DROPOUT,
      /** A normal distribution of mean 0 added. */
      GAUSSIAN,
      /** A share of the examples to 0, the rest scaled up. */
      STOCHASTIC_DEPTH
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** A second name for a tensor, as for the output of a batch norm that was folded. */
  record Alias(Tensor x, Tensor output) implements Moving {
    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** Float to integers, or integers to those of another range. */
  record Quantize(Tensor x, Tensor output) implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.RESCALING;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** Integers to float. */
  record Dequantize(Tensor x, Tensor output) implements OnOne {
    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /**
   * An operation that TFLite does not have: the application registers its kernel.
   *
   * @param code under which the kernel is registered
   * @param options what the kernel is told, in a format of its own
   * @param weights that the kernel reads after its activations
   * @param kernel what computes it in training
   * @param activation that training applies to the result
   */
  record Custom(
      String code,
      byte[] options,
      List<DeclaredWeight> weights,
      CustomKernel kernel,
      Activation activation,
      List<Tensor> inputs,
      Tensor output)
      implements Operation {
    /** Keeps copies. */
    public Custom {
      if (code.isBlank()) {
        throw new IllegalArgumentException(
            "the custom operation of layer '" + output.name() + "' has a blank code");
      }
      options = options.clone();
      weights = List.copyOf(weights);
      inputs = List.copyOf(inputs);
    }

    @Override
    public byte[] options() {
      return options.clone();
    }

    @Override
    public Scaling scaling() {
      return Scaling.KEPT;
    }

    @Override
    public <R> R accept(OperationReader<R> reader) {
      return reader.read(this);
    }
  }

  /** What computes a custom operation in training, of which a description knows nothing. */
  interface CustomKernel {}
}
