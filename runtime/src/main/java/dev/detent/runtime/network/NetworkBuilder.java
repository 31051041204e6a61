package dev.detent.runtime.network;

import dev.detent.annotations.Activation;
import dev.detent.annotations.PadMode;
import dev.detent.runtime.network.Operation.Binary;
import dev.detent.runtime.network.Operation.Noise;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.quantizer.KernelRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Describes a model, one call an operation, in order of data flow. Generated code calls it, and so
 * do layers that are made of other operations:
 *
 * <pre>{@code
 * Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 28, 28, 1);
 * Tensor conv = n.conv2d("conv", image)
 *     .kernel(3, 3, 1, 12)
 *     .bias(Initializer.ZEROS)
 *     .quantizeKernel(WeightQuantization.perChannel(8))
 *     .activation(Activation.RELU)
 *     .output(ActivationRange.learned("conv", 8).nonNegative(), 26, 26, 12);
 * n.output("conv", conv);
 * }</pre>
 *
 * <p>A call begins an operation, the calls after it set its attributes, and {@code output} ends it:
 * {@code output(range, sizes)} for a quantized tensor, {@code output(sizes)} for a float one, and
 * {@code output(sizes)} for what keeps the range of its input. Sizes are without the batch; axes
 * count it. What is quantized lies on the grid of its range in a quantized pass of the training
 * graph, and has that scale and zero point in the file.
 */
public final class NetworkBuilder {
  private final List<Operation> operations = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** Begins an empty description. */
  public NetworkBuilder() {}

  // ---------------------------------------------------------------- ends of the model

  /** An input of the model. */
  public Step input(String name) {
    return plain(name, y -> new Operation.Input(false, y));
  }

  /** An input of the model that holds indices: whole numbers, fed as any other input. */
  public Tensor indices(String name, int... shape) {
    return plain(name, y -> new Operation.Input(true, y)).output(shape);
  }

  /** A trained constant, without a batch. */
  public ParameterStep parameter(String name) {
    return new ParameterStep(this, name);
  }

  /**
   * Makes a tensor an output of the model.
   *
   * @param name of the tensor, too
   */
  public void output(String name, Tensor tensor) {
    requireOwn(tensor);
    if (!name.equals(tensor.name())) {
      throw new IllegalArgumentException(
          "the output '" + name + "' is called '" + tensor.name() + "' where it is made");
    }
    if (outputs.contains(tensor)) {
      throw new IllegalArgumentException("two outputs are called '" + name + "'");
    }
    outputs.add(tensor);
  }

  /**
   * An earlier tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }

  /** Several earlier tensors, numbered from 0. */
  public Tensor[] tensors(int count, IntFunction<String> name) {
    return IntStream.range(0, count).mapToObj(name).map(this::tensor).toArray(Tensor[]::new);
  }

  // ---------------------------------------------------------------- layers with weights

  /** {@code CONV_2D}; kernel {@code [height, width, in, out]}. */
  public WeightedStep conv2d(String name, Tensor x) {
    return new WeightedStep(this, Weighted.Kind.CONV_2D, name, x);
  }

  /** {@code DEPTHWISE_CONV_2D}; kernel {@code [height, width, in, multiplier]}. */
  public WeightedStep depthwiseConv2d(String name, Tensor x) {
    return new WeightedStep(this, Weighted.Kind.DEPTHWISE_CONV_2D, name, x);
  }

  /**
   * {@code TRANSPOSE_CONV}; kernel {@code [height, width, out, in]}. The output's shape says which
   * of the possible ones it is.
   */
  public WeightedStep transposeConv(String name, Tensor x) {
    return new WeightedStep(this, Weighted.Kind.TRANSPOSE_CONV, name, x);
  }

  /** {@code FULLY_CONNECTED} over the last axis; kernel {@code [in, units]}. */
  public WeightedStep fullyConnected(String name, Tensor x) {
    return new WeightedStep(this, Weighted.Kind.FULLY_CONNECTED, name, x);
  }

  /** The multiplication of a batch norm that stands alone: {@code MUL} with a constant. */
  public BatchNormStep batchNormScale(String name, Tensor x) {
    return new BatchNormStep(this, Operation.BatchNorm.Part.SCALE, name, x);
  }

  /** The addition of a batch norm that stands alone: {@code ADD} of a constant. */
  public BatchNormStep batchNormShift(String name, Tensor x) {
    return new BatchNormStep(this, Operation.BatchNorm.Part.SHIFT, name, x);
  }

  /** {@code UNIDIRECTIONAL_SEQUENCE_LSTM}: a long short-term memory over a sequence. */
  public LstmStep lstm(String name, Tensor x) {
    return new LstmStep(this, name, x);
  }

  /** {@code PRELU}: {@code x} where it is not negative, else {@code alpha * x}, alpha trained. */
  public PReluStep prelu(String name, Tensor x) {
    return new PReluStep(this, name, x);
  }

  // ---------------------------------------------------------------- windows and reductions

  /** {@code MAX_POOL_2D}: the largest value of each window. */
  public PoolStep maxPool2d(String name, Tensor x) {
    return new PoolStep(this, Operation.Pool.Kind.MAX, name, x);
  }

  /** {@code AVERAGE_POOL_2D}: the mean of each window; padding does not count. */
  public PoolStep averagePool2d(String name, Tensor x) {
    return new PoolStep(this, Operation.Pool.Kind.AVERAGE, name, x);
  }

  /** {@code MEAN} over axes. */
  public ReductionStep mean(String name, Tensor x) {
    return new ReductionStep(this, Operation.Reduction.Kind.MEAN, name, x);
  }

  /** {@code SUM} over axes. */
  public ReductionStep sum(String name, Tensor x) {
    return new ReductionStep(this, Operation.Reduction.Kind.SUM, name, x);
  }

  /** {@code REDUCE_MAX}: the largest value over axes, in the range of the input. */
  public ReductionStep reduceMax(String name, Tensor x) {
    return new ReductionStep(this, Operation.Reduction.Kind.MAX, name, x);
  }

  /**
   * {@code ARG_MAX}: the index of the largest value along an axis, which goes; of equal ones the
   * first. An output of the model, which is not quantized and which nothing reads.
   */
  public Step argMax(String name, Tensor x, int axis) {
    return plain(name, y -> new Operation.ArgMax(x, axis, y));
  }

  // ---------------------------------------------------------------- several tensors

  /** {@code ADD}; sizes of 1 are repeated. */
  public FusedStep add(String name, Tensor a, Tensor b) {
    return fused(Binary.Kind.ADD, name, a, b);
  }

  /** {@code SUB}: the first tensor less the second; sizes of 1 are repeated. */
  public FusedStep subtract(String name, Tensor a, Tensor b) {
    return fused(Binary.Kind.SUB, name, a, b);
  }

  /** {@code MUL}; sizes of 1 are repeated. */
  public FusedStep multiply(String name, Tensor a, Tensor b) {
    return fused(Binary.Kind.MUL, name, a, b);
  }

  /** {@code MAXIMUM}: the larger value at each place, all in one range. */
  public Step maximum(String name, Tensor a, Tensor b) {
    return plain(name, y -> new Binary(Binary.Kind.MAXIMUM, a, b, Activation.NONE, y));
  }

  /** {@code MINIMUM}: the smaller value at each place, all in one range. */
  public Step minimum(String name, Tensor a, Tensor b) {
    return plain(name, y -> new Binary(Binary.Kind.MINIMUM, a, b, Activation.NONE, y));
  }

  /** {@code CONCATENATION}: tensors side by side along an axis, all in one range. */
  public Step concatenation(String name, int axis, Tensor... parts) {
    return plain(name, y -> new Operation.Concatenation(axis, List.of(parts), y));
  }

  /** {@code BATCH_MATMUL}: the product of two matrices, the last two axes of each. */
  public MatrixProductStep batchMatMul(String name, Tensor a, Tensor b) {
    return new MatrixProductStep(this, name, a, b);
  }

  /** {@code GATHER}: the rows of a table that indices name, in the table's range. */
  public Step gather(String name, Tensor table, Tensor indices) {
    return plain(name, y -> new Operation.Gather(table, indices, y));
  }

  // ---------------------------------------------------------------- value by value

  /** {@code ADD} of one number. */
  public FusedStep addConstant(String name, Tensor x, double constant) {
    return withNumber(Binary.Kind.ADD, name, x, constant);
  }

  /** {@code MUL} with one number. */
  public FusedStep multiplyConstant(String name, Tensor x, double constant) {
    return withNumber(Binary.Kind.MUL, name, x, constant);
  }

  /** {@code MINIMUM} with one number, in the range of {@code x}. */
  public Step minimum(String name, Tensor x, double bound) {
    return plain(
        name, y -> new Operation.WithNumber(Binary.Kind.MINIMUM, x, bound, Activation.NONE, y));
  }

  /** An operation without attributes, as {@code RELU} on its own. */
  public Step unary(String name, UnaryKind kind, Tensor x) {
    return Step.plain(this, name, kind.prescribed(), y -> new Operation.Unary(kind, x, y));
  }

  /**
   * {@code L2_NORMALIZATION} of vectors as a part of a normalization.
   *
   * @param epsilon added to the mean of the squares in the gradient, which else has no bound
   */
  public Step l2Normalization(String name, Tensor x, double epsilon) {
    return Step.plain(
        this,
        name,
        Optional.of(KernelRange.L2_NORMALIZATION),
        y -> new Operation.CenteredUnit(x, epsilon, y));
  }

  /** {@code LEAKY_RELU}: {@code x} where it is not negative, else {@code alpha * x}. */
  public Step leakyRelu(String name, Tensor x, double alpha) {
    return plain(name, y -> new Operation.LeakyRelu(x, alpha, y));
  }

  /** {@code SELECT_V2}: {@code x} where it is above {@code theta}, else 0. */
  public MovedStep thresholdedRelu(String name, Tensor x, double theta) {
    return moved(name, x, y -> new Operation.ThresholdedRelu(x, theta, y));
  }

  /** {@code SOFTMAX} over the last axis. */
  public Step softmax(String name, Tensor x) {
    return softmax(name, x, 1);
  }

  /** {@code SOFTMAX} of {@code beta * x} over the last axis. */
  public Step softmax(String name, Tensor x, double beta) {
    return Step.plain(
        this, name, Optional.of(KernelRange.SOFTMAX), y -> new Operation.Softmax(x, beta, y));
  }

  // ---------------------------------------------------------------- values in other places

  /** {@code RESHAPE}: the same values in another shape. */
  public MovedStep reshape(String name, Tensor x) {
    return moved(name, x, y -> new Operation.Reshape(x, y));
  }

  /** {@code TRANSPOSE}: for each axis of the output but the batch the one of the input it is. */
  public MovedStep transpose(String name, Tensor x, int... axes) {
    return moved(name, x, y -> new Operation.Transpose(x, Arrays.stream(axes).boxed().toList(), y));
  }

  /** {@code PAD}: zeros around {@code [height, width, channels]}. */
  public MovedStep zeroPad2d(String name, Tensor x, int top, int bottom, int left, int right) {
    return pad(name, x, null, List.of(top, left, 0), List.of(bottom, right, 0));
  }

  /** {@code PAD}: zeros before and after {@code [steps, channels]}. */
  public MovedStep zeroPad1d(String name, Tensor x, int before, int after) {
    return pad(name, x, null, List.of(before, 0), List.of(after, 0));
  }

  /** {@code MIRROR_PAD}: the mirror image around {@code [height, width, channels]}. */
  public MovedStep mirrorPad(
      String name, Tensor x, PadMode mode, int top, int bottom, int left, int right) {
    return pad(name, x, mode, List.of(top, left, 0), List.of(bottom, right, 0));
  }

  /** {@code STRIDED_SLICE}: the places {@code begin} to below {@code end}, one number an axis. */
  public MovedStep slice(
      String name, Tensor x, List<Integer> begin, List<Integer> end, List<Integer> strides) {
    return moved(name, x, y -> new Operation.StridedSlice(x, begin, end, strides, false, y));
  }

  /** {@code STRIDED_SLICE}: one step of a sequence, from 0, as a sequence of one. */
  public MovedStep step(String name, Tensor x, int index) {
    return moved(name, x, y -> step(x, index, false, y));
  }

  /** {@code STRIDED_SLICE}: the last step of a sequence, which is no sequence any more. */
  public MovedStep lastStep(String name, Tensor x) {
    return moved(name, x, y -> step(x, x.shape()[0] - 1, true, y));
  }

  /** {@code STRIDED_SLICE}: the steps of a sequence, the last one first. */
  public MovedStep reversed(String name, Tensor x) {
    int[] shape = x.shape();
    List<Integer> begin = new ArrayList<>(Collections.nCopies(shape.length, 0));
    List<Integer> end = new ArrayList<>(Arrays.stream(shape).boxed().toList());
    List<Integer> strides = new ArrayList<>(Collections.nCopies(shape.length, 1));
    begin.set(0, shape[0] - 1);
    end.set(0, -shape[0] - 1); // counted from the end: in front of the first step
    strides.set(0, -1);
    return slice(name, x, begin, end, strides);
  }

  private static Operation step(Tensor x, int index, boolean isAlone, Tensor y) {
    int[] shape = x.shape();
    List<Integer> begin = new ArrayList<>(Collections.nCopies(shape.length, 0));
    List<Integer> end = new ArrayList<>(Arrays.stream(shape).boxed().toList());
    begin.set(0, index);
    end.set(0, index + 1);
    return new Operation.StridedSlice(
        x, begin, end, Collections.nCopies(shape.length, 1), isAlone, y);
  }

  /** {@code SPLIT}: one of several equal parts along an axis. */
  public MovedStep split(String name, Tensor x, int axis, int parts, int index) {
    return moved(name, x, y -> new Operation.Split(x, axis, parts, index, y));
  }

  /** {@code SPACE_TO_DEPTH}: blocks of {@code size} by {@code size} pixels as channels. */
  public MovedStep spaceToDepth(String name, Tensor x, int size) {
    return moved(name, x, y -> new Operation.Blocks(true, x, size, y));
  }

  /** {@code DEPTH_TO_SPACE}: channels as blocks of {@code size} by {@code size} pixels. */
  public MovedStep depthToSpace(String name, Tensor x, int size) {
    return moved(name, x, y -> new Operation.Blocks(false, x, size, y));
  }

  /** {@code TILE}: the whole, {@code times} times along the first axis after the batch. */
  public MovedStep tile(String name, Tensor x, int times) {
    return moved(name, x, y -> new Operation.Tile(x, times, y));
  }

  /** {@code RESIZE_NEAREST_NEIGHBOR}, in the range of the input. */
  public ResizeStep resizeNearestNeighbor(String name, Tensor x) {
    return new ResizeStep(this, false, name, x);
  }

  /** {@code RESIZE_BILINEAR}, in the range of the input. */
  public ResizeStep resizeBilinear(String name, Tensor x) {
    return new ResizeStep(this, true, name, x);
  }

  // ---------------------------------------------------------------- training only, and borders

  /** In training, sets a share of the values to 0 and scales the rest up; else nothing. */
  public Tensor dropout(String name, Tensor x, double rate) {
    return noise(Noise.Kind.DROPOUT, name, x, rate);
  }

  /** In training, sets a share of the channels to 0 and scales the rest up; else nothing. */
  public Tensor spatialDropout(String name, Tensor x, double rate) {
    return noise(Noise.Kind.SPATIAL_DROPOUT, name, x, rate);
  }

  /** In training, sets a share of the examples to 0 and scales the rest up; else nothing. */
  public Tensor stochasticDepth(String name, Tensor x, double rate) {
    return noise(Noise.Kind.STOCHASTIC_DEPTH, name, x, rate);
  }

  /** In training, adds a normal distribution of mean 0; else nothing. */
  public Tensor gaussianNoise(String name, Tensor x, double stddev) {
    return noise(Noise.Kind.GAUSSIAN, name, x, stddev);
  }

  /** A second name for a tensor, as for the output of a batch norm that was folded. */
  public Tensor alias(String name, Tensor x) {
    return moved(name, x, y -> new Operation.Alias(x, y)).output(x.shape());
  }

  /** {@code QUANTIZE}: float to integers, or integers to those of another range. */
  public Step quantize(String name, Tensor x) {
    return plain(name, y -> new Operation.Quantize(x, y));
  }

  /** {@code DEQUANTIZE}: integers to float. */
  public Step dequantize(String name, Tensor x) {
    return plain(name, y -> new Operation.Dequantize(x, y));
  }

  /**
   * An operation that TFLite does not have.
   *
   * @param code under which the application registers its kernel
   * @param options what the kernel is told, in a format of its own
   * @param weights that the kernel reads after its activations
   * @param kernel what computes it in training
   * @throws IllegalArgumentException if the code is blank
   */
  public FusedStep custom(
      String name,
      String code,
      byte[] options,
      List<DeclaredWeight> weights,
      Operation.CustomKernel kernel,
      List<Tensor> inputs) {
    return new FusedStep(
        this,
        name,
        (activation, y) ->
            new Operation.Custom(code, options, weights, kernel, activation, inputs, y));
  }

  // ---------------------------------------------------------------- how it is kept

  /**
   * Ends the description.
   *
   * @throws IllegalStateException if it has no input or no output
   */
  public Network build() {
    Network network = new Network(operations, outputs);
    if (network.inputs().isEmpty() || outputs.isEmpty()) {
      throw new IllegalStateException(
          "a model needs inputs and outputs; this has "
              + network.inputs().size()
              + " and "
              + outputs.size());
    }
    return network;
  }

  Tensor add(Operation operation) {
    operation.inputs().forEach(this::requireOwn);
    if (tensors.putIfAbsent(operation.name(), operation.output()) != null) {
      throw new IllegalArgumentException("two tensors are called '" + operation.name() + "'");
    }
    operations.add(operation);
    return operation.output();
  }

  private void requireOwn(Tensor tensor) {
    if (tensors.get(tensor.name()) != tensor) {
      throw new IllegalArgumentException("tensor '" + tensor.name() + "' is of another model");
    }
  }

  private Step plain(String name, Function<Tensor, Operation> operation) {
    return Step.plain(this, name, Optional.empty(), operation);
  }

  private FusedStep fused(Binary.Kind kind, String name, Tensor a, Tensor b) {
    return new FusedStep(this, name, (activation, y) -> new Binary(kind, a, b, activation, y));
  }

  private FusedStep withNumber(Binary.Kind kind, String name, Tensor x, double number) {
    return new FusedStep(
        this, name, (activation, y) -> new Operation.WithNumber(kind, x, number, activation, y));
  }

  private MovedStep moved(String name, Tensor x, Function<Tensor, Operation> operation) {
    return new MovedStep(this, name, x, operation);
  }

  private MovedStep pad(
      String name, Tensor x, @Nullable PadMode mirror, List<Integer> before, List<Integer> after) {
    return moved(name, x, y -> new Operation.Pad(x, mirror, before, after, y));
  }

  private Tensor noise(Noise.Kind kind, String name, Tensor x, double amount) {
    return moved(name, x, y -> new Noise(kind, x, amount, y)).output(x.shape());
  }
}
