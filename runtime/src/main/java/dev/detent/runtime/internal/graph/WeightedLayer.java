package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.BatchNormalization;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.network.Operation.Weighted.Kind;
import dev.detent.runtime.network.Operation.Weights;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.PowersOfTwo;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * A convolution, depthwise convolution or dense layer in one pass, with the batch norm that is
 * folded into it.
 *
 * <p>With statistics {@code mean} and {@code variance}, batch norm is {@code y = factor * conv(x) +
 * (beta + factor * (bias - mean))} with {@code factor = gamma / sqrt(variance + epsilon)}. The
 * deployed layer has the kernel {@code factor * w} and that bias. Per channel, the integers of
 * {@code factor * w} are those of {@code w}, negated where the factor is negative, and the scale is
 * {@code |factor|} times {@code w}'s; so in training {@code w} may be quantized as it is and batch
 * norm follows, and it is exact. With one scale for the tensor it would not be: there the moving
 * statistics are folded first, in training too, and do not move.
 */
record WeightedLayer(PassBuilder graph, Ops tf, Weighted layer, LayerTensor x) {

  /**
   * Biases are int32 of scale {@code input scale * kernel scale}. A kernel scale so small that the
   * bias would pass 2^30 is raised, as TFLite's converter does.
   */
  private static final float LARGEST_BIAS = 1 << 30;

  /** The same beside activations of 16 bits, where biases are int64. */
  private static final float LARGEST_WIDE_BIAS = 0x1p38f;

  /**
   * Up to this width of any weights of the model, training rounds as the built-in kernels do:
   * twice. With more bits the first rounding hardly shows in the result, so that training rounds
   * once: a step of ResNet-8 or MobileNetV1 takes a sixth to a quarter longer with both. Inference
   * follows the kernels always.
   */
  private static final int FEW_BITS = 4;

  /**
   * The layer before its activation.
   *
   * @param y the real result
   * @param scale of the folded kernel in this pass; empty where it is float or not folded
   */
  private record Linear(Operand<TFloat32> y, Optional<Operand<TFloat32>> scale) {}

  LayerTensor build() {
    Linear linear = linear();
    ActivationRange range = layer.output().range();
    Optional<RangeNodes> from = graph.grid(x);
    Optional<PassBuilder.Deployed> deployed = Optional.empty();
    if (linear.scale.isPresent() && from.isPresent() && range != null) {
      RangeNodes input = from.get();
      Operand<TFloat32> scale = linear.scale.get();
      graph.limit(range, ScaleLimit.ofWeights(tf, input.scale(), scale));
      deployed =
          kernel(range)
              .map(kernel -> to -> kernel.apply(new Kernel(tf, input, to, linear.y), scale));
    }
    return graph.finish(layer, linear.y, layer.activation(), deployed, Optional.empty());
  }

  /** What the kernel makes of the real result and the scale, where that is more than rounding. */
  private Optional<BiFunction<Kernel, Operand<TFloat32>, Operand<TFloat32>>> kernel(
      ActivationRange range) {
    boolean isDense = layer.kind() == Kind.FULLY_CONNECTED;
    if (range.bits() == Short.SIZE) {
      // The dense kernel rounds the real result once.
      return isDense ? Optional.empty() : Optional.of(Kernel::weighted16);
    }
    boolean isFollowed = graph.narrowestKernel() <= FEW_BITS || !graph.pass().training();
    // Hardware with scales that are powers of two shifts once.
    if (!isFollowed || range.bits() > Byte.SIZE || range.isPowerOfTwo()) {
      return Optional.empty();
    }
    // TFLite's matrix library does not compute a layer with groups.
    boolean isMatrixProduct =
        isDense || layer.kind() == Kind.CONV_2D && layer.weights().kernel()[2] == x.shape()[2];
    return Optional.of((kernel, scale) -> kernel.weighted(isMatrixProduct, isDense, scale));
  }

  // ---------------------------------------------------------------- the linear part

  private Linear linear() {
    Weights all = layer.weights();
    var weights = graph.read(kernel());
    if (all.l1() > 0 && graph.pass().training()) {
      var axes = IntStream.range(0, all.shape().size()).toArray();
      var sum = tf.sum(tf.math.abs(weights), tf.constant(axes));
      graph.addPenalty(tf.math.mul(sum, tf.constant((float) all.l1())));
    }
    if (all.l2() > 0 && graph.pass().training()) {
      graph.addPenalty(tf.math.mul(tf.nn.l2Loss(weights), tf.constant((float) (2 * all.l2()))));
    }
    Optional<WeightQuantization> how = graph.quantized(all.quantization());
    // Nor is it exact with powers of two: a channel's factor is none.
    boolean isFoldedFirst = how.filter(q -> !q.perChannel() || q.isPowerOfTwo()).isPresent();
    boolean isQuantized = how.isPresent() && graph.pass().quantized();
    Optional<QuantizedKernel> raw =
        how.filter(q -> !isFoldedFirst).map(q -> quantizedKernel(q, weights));
    BatchNormalization norm = all.batchNorm();
    if (norm != null
        && graph.pass().usesBatchStatistics(all.owner())
        && !(isFoldedFirst && isQuantized)) {
      var values = raw.filter(kernel -> isQuantized).map(QuantizedKernel::values).orElse(weights);
      return new Linear(withBatchStatistics(norm, values), Optional.empty());
    }
    Folded folded = fold();
    Operand<TFloat32> kernelFolded =
        folded.factor.isEmpty() ? weights : tf.math.mul(weights, perOutput(folded.factor.get()));
    Optional<QuantizedKernel> quantized =
        isFoldedFirst ? how.map(q -> quantizedKernel(q, kernelFolded)) : raw;
    return quantized
        .filter(kernel -> isQuantized)
        .map(
            kernel ->
                quantizedFold(
                    kernel, isFoldedFirst ? Optional.empty() : folded.factor, folded.bias))
        .orElseGet(() -> floatFold(kernelFolded, folded.bias));
  }

  private float largestBias(RangeNodes input) {
    if (layer.weights().biasBits() > 0) {
      return (1L << (layer.weights().biasBits() - 1)) - 1;
    }
    return input.range().bits() == Short.SIZE ? LARGEST_WIDE_BIAS : LARGEST_BIAS;
  }

  private QuantizedKernel quantizedKernel(WeightQuantization how, Operand<TFloat32> weights) {
    String name = layer.weights().owner() + "/kernel";
    int[] shape = layer.weights().kernel();
    return new QuantizedKernel(graph, tf, name, how, weights, shape, channels());
  }

  /** The kernel's axes that are the output channels. */
  private ChannelAxes channels() {
    return switch (layer.kind()) {
      case CONV_2D, FULLY_CONNECTED -> ChannelAxes.last(layer.weights().shape().size());
      case DEPTHWISE_CONV_2D -> new ChannelAxes(2, 2);
      case TRANSPOSE_CONV -> new ChannelAxes(2, 1);
    };
  }

  private Linear floatFold(Operand<TFloat32> deployed, Optional<Operand<TFloat32>> bias) {
    graph.export(layer.name(), kernel(), channels(), deployed, bias, Optional.empty());
    var y = apply(deployed);
    return new Linear(bias.isEmpty() ? y : tf.nn.biasAdd(y, bias.get()), Optional.empty());
  }

  private Linear quantizedFold(
      QuantizedKernel kernel,
      Optional<Operand<TFloat32>> factor,
      Optional<Operand<TFloat32>> bias) {
    Optional<RangeNodes> input = graph.grid(x);
    Operand<TFloat32> floor = tf.constant(Grid.SMALLEST_SCALE);
    if (bias.isPresent() && input.isPresent()) {
      var largest = tf.constant(largestBias(input.get()));
      var needed = tf.math.div(tf.math.abs(bias.get()), tf.math.mul(input.get().scale(), largest));
      floor =
          tf.math.maximum(
              floor, kernel.how().perChannel() ? needed : tf.reduceMax(needed, tf.constant(0)));
    }
    if (kernel.how().isPowerOfTwo()) {
      floor = PowersOfTwo.nearest(tf, tf.math.mul(floor, tf.constant((float) Math.sqrt(2))));
    }
    QuantizedKernel.Deployed deployed = kernel.deployed(factor, floor);
    Operand<TFloat32> scale = deployed.steps().scales();
    Operand<TFloat32> y = apply(deployed.values());
    Optional<Operand<TFloat32>> exported = bias;
    if (bias.isPresent()) {
      Operand<TFloat32> added = bias.get();
      if (input.isPresent()) {
        var biasScale = tf.math.mul(input.get().scale(), scale);
        var integers = QuantizedKernel.round(tf, tf.math.div(added, biasScale));
        exported = Optional.of(integers);
        added = CustomGradients.straightThrough(tf, tf.math.mul(integers, biasScale), added);
      }
      y = tf.nn.biasAdd(y, added);
    }
    var steps = Optional.of(deployed.steps());
    graph.export(layer.name(), kernel(), channels(), deployed.integers(), exported, steps);
    return new Linear(y, Optional.of(scale));
  }

  /** Convolution and batch norm on the batch's own statistics; the moving ones follow. */
  private Operand<TFloat32> withBatchStatistics(
      BatchNormalization norm, Operand<TFloat32> weights) {
    var y = apply(weights);
    int channels = outputs();
    BatchNormParts parts = parts(norm);
    boolean image = y.asOutput().shape().numDimensions() == 4;
    var none = tf.constant(new float[0]);
    var normalized =
        FusedBatchNorm.create(
            tf.scope(),
            image ? y : tf.reshape(y, tf.constant(new int[] {-1, 1, 1, channels})),
            parts.gamma(tf),
            parts.beta(tf),
            none,
            none,
            FusedBatchNorm.epsilon((float) norm.epsilon()),
            FusedBatchNorm.isTraining(true));
    Operand<TFloat32> batchMean = normalized.batchMean();
    Optional<Variables.Variable> bias = bias();
    if (bias.isPresent()) {
      // The batch's mean takes the bias out again, so it is not added; it shifts the mean only.
      batchMean = tf.math.add(batchMean, tf.stopGradient(graph.readUntrained(bias.get())));
    }
    parts.follow(tf, batchMean, normalized.batchVariance());
    return image
        ? normalized.y()
        : tf.reshape(normalized.y(), tf.constant(layer.output().shape(-1)));
  }

  /**
   * What batch norm with moving statistics multiplies and adds.
   *
   * @param factor one for each output channel; empty without batch norm
   * @param bias one for each output channel; empty without bias and batch norm
   */
  private record Folded(Optional<Operand<TFloat32>> factor, Optional<Operand<TFloat32>> bias) {}

  private Folded fold() {
    Optional<Operand<TFloat32>> bias = bias().map(graph::read);
    BatchNormalization norm = layer.weights().batchNorm();
    if (norm == null) {
      return new Folded(Optional.empty(), bias);
    }
    BatchNormParts parts = parts(norm);
    var factor = parts.factor(tf, parts.variance());
    return new Folded(
        Optional.of(factor), Optional.of(parts.shift(tf, parts.mean(), factor, bias)));
  }

  /** One number for each output channel, shaped so that it multiplies the kernel. */
  private Operand<TFloat32> perOutput(Operand<TFloat32> values) {
    if (values.asOutput().shape().numDimensions() == 0) {
      return values;
    }
    int[] shape = channels().broadcastShape(layer.weights().kernel());
    return tf.reshape(values, tf.constant(shape));
  }

  // ---------------------------------------------------------------- the operation

  private Operand<TFloat32> apply(Operand<TFloat32> weights) {
    var convolution = new Convolutions(tf, layer.window());
    return switch (layer.kind()) {
      case CONV_2D -> convolution.conv2d(x.operand(), weights);
      case DEPTHWISE_CONV_2D -> convolution.depthwise(x.operand(), weights);
      case FULLY_CONNECTED -> matMul(weights);
      case TRANSPOSE_CONV ->
          convolution.transposed(
              x.operand(), weights, layer.output().shape()[0], layer.output().shape()[1]);
    };
  }

  private Operand<TFloat32> matMul(Operand<TFloat32> weights) {
    if (x.shape().length == 1) {
      return tf.linalg.matMul(x.operand(), weights);
    }
    int inputs = layer.weights().shape().get(0);
    var rows = tf.reshape(x.operand(), tf.constant(new int[] {-1, inputs}));
    return tf.reshape(tf.linalg.matMul(rows, weights), tf.constant(layer.output().shape(-1)));
  }

  private int outputs() {
    return channels().channels(layer.weights().kernel());
  }

  // ---------------------------------------------------------------- the variables

  private Variables.Variable kernel() {
    Weights weights = layer.weights();
    return graph.trainable(weights.owner() + "/kernel", weights.kernel(), weights.initializer());
  }

  private Optional<Variables.Variable> bias() {
    Weights weights = layer.weights();
    return Optional.ofNullable(weights.bias())
        .map(start -> graph.trainable(weights.owner() + "/bias", new int[] {outputs()}, start));
  }

  private BatchNormParts parts(BatchNormalization norm) {
    return new BatchNormParts(graph, norm, layer.weights().owner(), outputs());
  }
}
