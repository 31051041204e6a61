package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Operation.BatchNorm;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Bounds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
record BatchNormLayer(PassBuilder graph, Ops tf, BatchNorm operation, LayerTensor x) {
  private static final int BITS = PassGraph.CONSTANT_BITS;

  /**
   * What a batch norm multiplies and adds.
   *
   * @param factor one number a channel
   * @param shift one number a channel
   */
  record Factors(Operand<TFloat32> factor, Operand<TFloat32> shift) {}

  private boolean isScale() {
    return operation.part() == BatchNorm.Part.SCALE;
  }

  LayerTensor build() {
    ActivationRange range = operation.output().range();
    Operand<TFloat32> exact = isScale() ? factors().factor : factors().shift;
    if (!graph.pass().quantized() || range == null) {
      graph.export(operation.name(), new PassGraph.ConstantNodes(exact, Optional.empty()));
      return finish(exact, Optional.empty());
    }
    Constant constant = Constant.of(tf, exact);
    graph.export(
        operation.name(),
        new PassGraph.ConstantNodes(constant.values, Optional.of(constant.bounds)));
    Optional<RangeNodes> grid = graph.grid(x);
    grid.flatMap(
            from -> ScaleLimit.of(operation).smallest(tf, List.of(from.scale(), constant.step)))
        .ifPresent(smallest -> graph.limit(range, smallest));
    return finish(
        constant.values,
        grid.filter(from -> isScale())
            .map(
                from ->
                    to ->
                        new Kernel(tf, from, to, x.operand())
                            .product(constant.values, constant.step)));
  }

  private LayerTensor finish(Operand<TFloat32> number, Optional<PassBuilder.Deployed> deployed) {
    Operand<TFloat32> y =
        isScale() ? tf.math.mul(x.operand(), number) : tf.math.add(x.operand(), number);
    return graph.finish(operation, y, operation.activation(), deployed, Optional.empty());
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

  private Factors factors() {
    Factors known = graph.batchNorms().get(operation.owner());
    if (known != null) {
      return known;
    }
    if (!isScale()) {
      throw new IllegalArgumentException(
          "no batch norm '" + operation.owner() + "' was begun before");
    }
    Factors made = made();
    graph.batchNorms().put(operation.owner(), made);
    return made;
  }

  private Factors made() {
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
    return new Factors(factor, parts.shift(tf, mean, factor, Optional.empty()));
  }
}
