package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Operation.BatchNorm;
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
final class BatchNormLayer {
  private static final int BITS = 8;

  private final PassBuilder graph;
  private final BatchNorm operation;
  private final LayerTensor x;
  private final String name;
  private final boolean isScale;

  BatchNormLayer(PassBuilder graph, BatchNorm operation, LayerTensor x) {
    this.graph = graph;
    this.operation = operation;
    this.x = x;
    name = operation.name();
    isScale = operation.part() == BatchNorm.Part.SCALE;
  }

  /**
   * What a batch norm multiplies and adds.
   *
   * @param factor one number a channel
   * @param shift one number a channel
   */
  record Factors(Operand<TFloat32> factor, Operand<TFloat32> shift) {}

  LayerTensor build() {
    ActivationRange range = operation.output().range();
    Operand<TFloat32> exact = number();
    if (!graph.pass().quantized() || range == null) {
      export(exact, null, Float.SIZE);
      return finish(exact, null);
    }
    Ops tf = graph.scope(name);
    Constant constant = Constant.of(tf, exact);
    export(constant.values, constant.bounds, BITS);
    Function<RangeNodes, Operand<TFloat32>> deployed = null;
    if (x.range() != null) {
      RangeNodes from = graph.range(x.range());
      graph.limit(
          range, ScaleLimit.of(operation).smallest(tf, List.of(from.scale(), constant.step)));
      if (isScale) {
        deployed =
            to ->
                IntegerArithmetic.product(
                    tf, from, x.operand(), constant.values, constant.step, to);
      }
    }
    return finish(constant.values, deployed);
  }

  private LayerTensor finish(
      Operand<TFloat32> number, Function<RangeNodes, Operand<TFloat32>> deployed) {
    return graph.finish(
        name, result(number), deployed, operation.activation(), operation.output().range(), null);
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
    Factors factors = graph.batchNorms().get(operation.owner());
    if (factors == null) {
      if (!isScale) {
        throw new IllegalArgumentException(
            "no batch norm '" + operation.owner() + "' was begun before");
      }
      factors = factors();
      graph.batchNorms().put(operation.owner(), factors);
    }
    return isScale ? factors.factor : factors.shift;
  }

  private Factors factors() {
    Ops tf = graph.scope(name);
    int[] shape = x.shape();
    BatchNormParts parts =
        new BatchNormParts(graph, operation.norm(), operation.owner(), shape[shape.length - 1]);
    Operand<TFloat32> mean;
    Operand<TFloat32> variance;
    if (graph.pass().usesBatchStatistics(operation.owner())) {
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
