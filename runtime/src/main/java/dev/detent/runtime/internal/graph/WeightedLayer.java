package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.network.BatchNormalization;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.network.Operation.Weighted.Kind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.PowersOfTwo;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.quantizer.WeightQuantizer;
import java.util.function.Function;
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
final class WeightedLayer {

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

  private final PassBuilder graph;
  private final Weighted layer;
  private final LayerTensor x;
  private final String name;
  private final String owner;
  private final int[] kernel;
  private final WeightQuantization quantization;
  private final BatchNormalization batchNorm;

  /** The scale of the folded kernel in this pass; null where it is float or not folded. */
  private Operand<TFloat32> deployedScale;

  WeightedLayer(PassBuilder graph, Weighted layer, LayerTensor x) {
    this.graph = graph;
    this.layer = layer;
    this.x = x;
    name = layer.name();
    owner = layer.weights().owner();
    kernel = layer.weights().kernel();
    quantization = layer.weights().quantization();
    batchNorm = layer.weights().batchNorm();
  }

  LayerTensor build() {
    ActivationRange range = layer.output().range();
    Operand<TFloat32> y = linear();
    if (deployedScale != null && x.range() != null) {
      Operand<TFloat32> from = graph.range(x.range()).scale();
      graph.limit(range, ScaleLimit.ofWeights(graph.scope(name), from, deployedScale));
    }
    return graph.finish(name, y, deployed(y, range), layer.activation(), range, null);
  }

  /** What the kernel makes of the real result, where that is more than rounding it. */
  private Function<RangeNodes, Operand<TFloat32>> deployed(
      Operand<TFloat32> y, ActivationRange range) {
    if (deployedScale == null || x.range() == null || range == null) {
      return null;
    }
    RangeNodes input = graph.range(x.range());
    Ops tf = graph.scope(name);
    if (range.bits() == Short.SIZE) {
      if (layer.kind() == Kind.FULLY_CONNECTED) {
        return null; // the kernel rounds the real result once
      }
      return to -> IntegerArithmetic.requantized16(tf, y, input, deployedScale, to);
    }
    boolean isFollowed = graph.narrowestKernel() <= FEW_BITS || !graph.pass().training();
    // Hardware with scales that are powers of two shifts once.
    return isFollowed && range.bits() <= Byte.SIZE && !range.isPowerOfTwo()
        ? to ->
            IntegerArithmetic.requantized(
                tf,
                isMatrixProduct(),
                layer.kind() == Kind.FULLY_CONNECTED,
                y,
                input,
                deployedScale,
                to)
        : null;
  }

  /** Whether TFLite's matrix library computes the layer; it does not where there are groups. */
  private boolean isMatrixProduct() {
    return layer.kind() == Kind.FULLY_CONNECTED
        || layer.kind() == Kind.CONV_2D && kernel[2] == x.shape()[2];
  }

  // ---------------------------------------------------------------- the linear part

  private Operand<TFloat32> linear() {
    Ops tf = graph.scope(name);
    var weights = graph.read(weights());
    double l2 = layer.weights().l2();
    if (l2 > 0 && graph.pass().training()) {
      graph.addPenalty(tf.math.mul(tf.nn.l2Loss(weights), tf.constant((float) (2 * l2))));
    }
    WeightQuantizer quantizer = quantizer();
    // Nor is it exact with powers of two: a channel's factor is none.
    boolean isFoldedFirst =
        quantizer != null && (!quantization.perChannel() || quantization.isPowerOfTwo());
    QuantizedKernel raw =
        quantizer == null || isFoldedFirst ? null : quantizedKernel(tf, quantizer, weights);
    boolean isQuantized = quantizer != null && graph.pass().quantized();
    if (batchNorm != null
        && graph.pass().usesBatchStatistics(owner)
        && !(isFoldedFirst && isQuantized)) {
      return withBatchStatistics(tf, isQuantized ? raw.values() : weights);
    }
    Folded folded = fold(tf);
    Operand<TFloat32> kernelFolded =
        folded.factor == null ? weights : tf.math.mul(weights, perOutput(tf, folded.factor));
    QuantizedKernel quantized = isFoldedFirst ? quantizedKernel(tf, quantizer, kernelFolded) : raw;
    return isQuantized
        ? quantizedFold(tf, quantized, isFoldedFirst ? null : folded.factor, folded.bias)
        : floatFold(tf, kernelFolded, folded.bias);
  }

  private float largestBias() {
    if (layer.weights().biasBits() > 0) {
      return (1L << (layer.weights().biasBits() - 1)) - 1;
    }
    return x.range().bits() == Short.SIZE ? LARGEST_WIDE_BIAS : LARGEST_BIAS;
  }

  /** What quantizes the kernel; null where it stays float, or where the pass does not care. */
  private WeightQuantizer quantizer() {
    boolean isWanted = graph.pass().quantized() || graph.pass().observing();
    if (quantization == null || !isWanted) {
      return null;
    }
    WeightQuantizer quantizer = quantization.quantizerFactory().get();
    return quantizer.leavesFloat() ? null : quantizer;
  }

  private QuantizedKernel quantizedKernel(
      Ops tf, WeightQuantizer quantizer, Operand<TFloat32> weights) {
    var quantized =
        new QuantizedKernel(
            graph, tf, owner + "/kernel", quantization, quantizer, weights, kernel, channels());
    quantized.observe();
    return quantized;
  }

  /** The kernel's axes that are the output channels. */
  private ChannelAxes channels() {
    return switch (layer.kind()) {
      case CONV_2D, FULLY_CONNECTED -> ChannelAxes.last(kernel.length);
      case DEPTHWISE_CONV_2D -> new ChannelAxes(2, 2);
      case TRANSPOSE_CONV -> new ChannelAxes(2, 1);
    };
  }

  private Operand<TFloat32> floatFold(Ops tf, Operand<TFloat32> deployed, Operand<TFloat32> bias) {
    if (!graph.pass().training()) {
      graph.export(
          name,
          new PassGraph.ExportNodes(
              weights(),
              channels(),
              deployed,
              kernel.clone(),
              null,
              bias == null ? zeros(tf) : bias,
              Float.SIZE,
              null));
    }
    var y = apply(tf, deployed);
    return bias == null ? y : tf.nn.biasAdd(y, bias);
  }

  private Operand<TFloat32> quantizedFold(
      Ops tf, QuantizedKernel quantized, Operand<TFloat32> factor, Operand<TFloat32> foldedBias) {
    Operand<TFloat32> inputScale = x.range() == null ? null : graph.range(x.range()).scale();
    Operand<TFloat32> floor = tf.constant(Grid.SMALLEST_SCALE);
    if (foldedBias != null && inputScale != null) {
      var needed =
          tf.math.div(tf.math.abs(foldedBias), tf.math.mul(inputScale, tf.constant(largestBias())));
      floor =
          tf.math.maximum(
              floor, quantization.perChannel() ? needed : tf.reduceMax(needed, tf.constant(0)));
    }
    if (quantization.isPowerOfTwo()) {
      floor = PowersOfTwo.nearest(tf, tf.math.mul(floor, tf.constant((float) Math.sqrt(2))));
    }
    QuantizedKernel.Deployed deployed = quantized.deployed(factor, floor);
    deployedScale = deployed.scale();
    var y = apply(tf, deployed.values());
    Operand<TFloat32> exportedBias = foldedBias;
    if (foldedBias != null) {
      Operand<TFloat32> bias = foldedBias;
      if (inputScale != null) {
        var biasScale = tf.math.mul(inputScale, deployed.scale());
        exportedBias = round(tf, tf.math.div(foldedBias, biasScale));
        bias =
            CustomGradients.straightThrough(tf, tf.math.mul(exportedBias, biasScale), foldedBias);
      }
      y = tf.nn.biasAdd(y, bias);
    }
    if (!graph.pass().training()) {
      graph.export(
          name,
          new PassGraph.ExportNodes(
              weights(),
              channels(),
              deployed.integers(),
              kernel.clone(),
              deployed.scale(),
              exportedBias == null ? zeros(tf) : exportedBias,
              quantization.bits(),
              deployed.offGrid()));
    }
    return y;
  }

  /** Convolution and batch norm on the batch's own statistics; the moving ones follow. */
  private Operand<TFloat32> withBatchStatistics(Ops tf, Operand<TFloat32> weights) {
    var y = apply(tf, weights);
    int channels = outputs();
    BatchNormParts parts = parts();
    boolean image = y.asOutput().shape().numDimensions() == 4;
    var normalized =
        FusedBatchNorm.create(
            tf.scope(),
            image ? y : tf.reshape(y, tf.constant(new int[] {-1, 1, 1, channels})),
            parts.gamma(tf),
            parts.beta(tf),
            empty(tf),
            empty(tf),
            FusedBatchNorm.epsilon((float) batchNorm.epsilon()),
            FusedBatchNorm.isTraining(true));
    Operand<TFloat32> batchMean = normalized.batchMean();
    if (layer.weights().bias() != null) {
      // The batch's mean takes the bias out again, so it is not added; it shifts the mean only.
      batchMean = tf.math.add(batchMean, tf.stopGradient(graph.readUntrained(bias())));
    }
    parts.follow(tf, batchMean, normalized.batchVariance());
    if (image) {
      return normalized.y();
    }
    return tf.reshape(normalized.y(), tf.constant(layer.output().shape(-1)));
  }

  /**
   * What batch norm with moving statistics multiplies and adds.
   *
   * @param factor one for each output channel; null without batch norm
   * @param bias one for each output channel; null without bias and batch norm
   */
  private record Folded(Operand<TFloat32> factor, Operand<TFloat32> bias) {}

  private Folded fold(Ops tf) {
    Operand<TFloat32> bias = layer.weights().bias() == null ? null : graph.read(bias());
    if (batchNorm == null) {
      return new Folded(null, bias);
    }
    BatchNormParts parts = parts();
    var factor = parts.factor(tf, parts.variance());
    return new Folded(factor, parts.shift(tf, parts.mean(), factor, bias));
  }

  /** Half up, as TensorFlow's FakeQuantWithMinMaxVars rounds. */
  private static Operand<TFloat32> round(Ops tf, Operand<TFloat32> value) {
    return tf.math.floor(tf.math.add(value, tf.constant(0.5f)));
  }

  /** One number for each output channel, shaped so that it multiplies the kernel. */
  private Operand<TFloat32> perOutput(Ops tf, Operand<TFloat32> values) {
    if (values.asOutput().shape().numDimensions() == 0) {
      return values;
    }
    return tf.reshape(values, tf.constant(channels().broadcastShape(kernel)));
  }

  // ---------------------------------------------------------------- the operation

  private Operand<TFloat32> apply(Ops tf, Operand<TFloat32> weights) {
    var convolution = new Convolutions(layer.window());
    return switch (layer.kind()) {
      case CONV_2D -> convolution.conv2d(tf, x.operand(), weights);
      case DEPTHWISE_CONV_2D -> convolution.depthwise(tf, x.operand(), weights);
      case FULLY_CONNECTED -> matMul(tf, weights);
      case TRANSPOSE_CONV ->
          convolution.transposed(
              tf, x.operand(), weights, layer.output().shape()[0], layer.output().shape()[1]);
    };
  }

  private Operand<TFloat32> matMul(Ops tf, Operand<TFloat32> weights) {
    if (x.shape().length == 1) {
      return tf.linalg.matMul(x.operand(), weights);
    }
    var rows = tf.reshape(x.operand(), tf.constant(new int[] {-1, kernel[0]}));
    return tf.reshape(tf.linalg.matMul(rows, weights), tf.constant(layer.output().shape(-1)));
  }

  private int outputs() {
    return channels().channels(kernel);
  }

  // ---------------------------------------------------------------- the variables

  private Variables.Variable weights() {
    double area = 1;
    for (int i = 0; i < kernel.length - 2; i++) {
      area *= kernel[i];
    }
    double fanIn = area * kernel[kernel.length - 2];
    double fanOut = area * kernel[kernel.length - 1];
    return trainable("kernel", kernel, layer.weights().initializer(), fanIn, fanOut);
  }

  private Variables.Variable bias() {
    int n = outputs();
    return trainable("bias", new int[] {n}, layer.weights().bias(), n, n);
  }

  private Variables.Variable trainable(
      String part, int[] shape, Initializer initializer, double fanIn, double fanOut) {
    String full = owner + "/" + part;
    return graph.declare(
        full,
        shape,
        Variables.Role.TRAINABLE,
        Initializers.of(initializer, graph.seed(), full, fanIn, fanOut));
  }

  private BatchNormParts parts() {
    return new BatchNormParts(graph, batchNorm, owner, outputs());
  }

  private Operand<TFloat32> zeros(Ops tf) {
    return tf.constant(new float[outputs()]);
  }

  private static Operand<TFloat32> empty(Ops tf) {
    return tf.constant(new float[0]);
  }
}
