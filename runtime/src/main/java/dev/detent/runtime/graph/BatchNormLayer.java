package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Bounds;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxVars;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * One of the two operations of a batch norm that no layer before it takes in: {@code y = x * factor
 * + shift}, as in {@link BatchNormParts}.
 *
 * <p>Deployed, they are a MUL and an ADD whose second operands are int8 constants, as TFLite's
 * converter writes them: one scale and zero point for each of the two rows of numbers, from its
 * smallest to its largest value and 0. In training, mean and variance are the batch's (Ioffe and
 * Szegedy, 2015) unless they are frozen; both operations are quantized in the same way then.
 */
public final class BatchNormLayer {
  private static final int BITS = 8;

  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private final boolean isScale;
  private String layer;
  private BatchNormalization norm = new BatchNormalization(0.99, 0.001, true, true);
  private Activation activation = Activation.NONE;

  /**
   * What a batch norm multiplies and adds.
   *
   * @param factor one number a channel
   * @param shift one number a channel
   */
  record Factors(Operand<TFloat32> factor, Operand<TFloat32> shift) {}

  private BatchNormLayer(PassBuilder graph, String name, LayerTensor x, boolean isScale) {
    this.graph = graph;
    this.name = name;
    this.x = x;
    this.isScale = isScale;
    this.layer = name;
  }

  static BatchNormLayer scale(PassBuilder graph, String name, LayerTensor x) {
    return new BatchNormLayer(graph, name, x, true);
  }

  static BatchNormLayer shift(PassBuilder graph, String name, LayerTensor x) {
    return new BatchNormLayer(graph, name, x, false);
  }

  /** The batch norm that both operations belong to, where the name is another. */
  public BatchNormLayer layer(String batchNorm) {
    layer = batchNorm;
    return this;
  }

  /** The batch norm's numbers, on its first operation. */
  public BatchNormLayer batchNorm(double momentum, double epsilon) {
    return batchNorm(momentum, epsilon, true, true);
  }

  /**
   * The batch norm's numbers, on its first operation.
   *
   * @param momentum the weight of the past in the moving statistics
   * @param epsilon added to the variance
   * @param center whether there is a beta
   * @param scale whether there is a gamma
   */
  public BatchNormLayer batchNorm(double momentum, double epsilon, boolean center, boolean scale) {
    norm = new BatchNormalization(momentum, epsilon, center, scale);
    return this;
  }

  /** The activation that TFLite fuses into the operation. */
  public BatchNormLayer activation(Activation fused) {
    activation = fused;
    return this;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    Operand<TFloat32> exact = number();
    if (!graph.pass().quantized()) {
      export(exact, null, Float.SIZE);
      return graph.finish(name, result(exact), null, activation, range, null);
    }
    Ops tf = graph.scope(name);
    Constant constant = Constant.of(tf, exact);
    export(constant.values, constant.bounds, BITS);
    if (x.range() != null) {
      graph.limit(
          range, limit().smallest(tf, List.of(graph.range(x.range()).scale(), constant.step)));
    }
    Function<RangeNodes, Operand<TFloat32>> deployed = null;
    if (isScale && x.range() != null) {
      deployed =
          to ->
              IntegerArithmetic.product(
                  tf, graph.range(x.range()), x.operand(), constant.values, constant.step, to);
    }
    return graph.finish(name, result(constant.values), deployed, activation, range, null);
  }

  /** The output, float: in a quantized model, too, where the layer stays float. */
  public LayerTensor output() {
    Operand<TFloat32> exact = number();
    export(exact, null, Float.SIZE);
    return graph.finish(name, result(exact), null, activation, null, null);
  }

  private ScaleLimit limit() {
    return isScale ? ScaleLimit.product(activation, x) : ScaleLimit.sum(activation, x);
  }

  private Operand<TFloat32> result(Operand<TFloat32> number) {
    Ops tf = graph.scope(name);
    return isScale ? tf.math.mul(x.operand(), number) : tf.math.add(x.operand(), number);
  }

  private void export(Operand<TFloat32> values, Bounds bounds, int bits) {
    if (!graph.pass().training()) {
      graph.export(name, new PassGraph.ConstantNodes(values, bounds, bits));
    }
  }

  /**
   * A row of numbers on its grid.
   *
   * @param values on the grid; the gradient goes straight through to the numbers themselves
   * @param bounds of the grid
   * @param step of the grid
   */
  private record Constant(Operand<TFloat32> values, Bounds bounds, Operand<TFloat32> step) {

    static Constant of(Ops tf, Operand<TFloat32> exact) {
      var zero = tf.constant(0f);
      var all = tf.constant(0);
      var min = tf.math.minimum(tf.reduceMin(exact, all), zero);
      var max = tf.math.maximum(tf.reduceMax(exact, all), zero);
      var isEmpty = tf.math.less(tf.math.sub(max, min), tf.constant(Bounds.NARROWEST));
      var widened = tf.select(isEmpty, tf.math.add(min, tf.constant(1f)), max);
      var onGrid =
          tf.quantization.fakeQuantWithMinMaxVars(
              exact, min, widened, FakeQuantWithMinMaxVars.numBits((long) BITS));
      // In double, as in Grid.scale, so that the optimizer leaves it as it is.
      var width = tf.dtypes.cast(tf.math.sub(widened, min), TFloat64.class);
      var step =
          tf.dtypes.cast(
              tf.math.div(width, tf.constant((double) ((1 << BITS) - 1))), TFloat32.class);
      return new Constant(
          CustomGradients.straightThrough(tf, onGrid, exact),
          new Bounds(min, widened),
          tf.stopGradient(step));
    }
  }

  // ---------------------------------------------------------------- the numbers

  private Operand<TFloat32> number() {
    Factors factors = graph.batchNorms().get(layer);
    if (factors == null) {
      if (!isScale) {
        throw new IllegalArgumentException("no batch norm '" + layer + "' was begun before");
      }
      factors = factors();
      graph.batchNorms().put(layer, factors);
    }
    return isScale ? factors.factor : factors.shift;
  }

  private Factors factors() {
    Ops tf = graph.scope(name);
    int[] shape = x.shape();
    BatchNormParts parts = new BatchNormParts(graph, norm, layer, shape[shape.length - 1]);
    Operand<TFloat32> mean;
    Operand<TFloat32> variance;
    if (graph.pass().usesBatchStatistics(layer)) {
      int[] axes = new int[shape.length];
      Arrays.setAll(axes, i -> i);
      mean = tf.math.mean(x.operand(), tf.constant(axes));
      var distance = tf.math.sub(x.operand(), mean);
      variance = tf.math.mean(tf.math.mul(distance, distance), tf.constant(axes));
      parts.follow(tf, mean, variance);
    } else {
      mean = parts.mean();
      variance = parts.variance();
    }
    var factor = parts.factor(tf, variance);
    return new Factors(factor, parts.shift(tf, mean, factor, null));
  }
}
