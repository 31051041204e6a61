package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.PRelu;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A PRELU in one pass: {@code x} where it is not negative, else {@code alpha * x} (He et al.,
 * 2015).
 *
 * <p>Alpha is trained. Deployed it is int8 with zero point 0 and one scale, {@code max|alpha| /
 * 127}.
 */
final class PReluLayer {
  /** The smallest scale: an alpha that is all zero has it. */
  private static final float SMALLEST_SCALE = 1e-12f;

  private final PassBuilder graph;
  private final PRelu relu;
  private final LayerTensor x;
  private final String name;
  private final int[] alpha;

  PReluLayer(PassBuilder graph, PRelu relu, LayerTensor x) {
    this.graph = graph;
    this.relu = relu;
    this.x = x;
    name = relu.name();
    alpha = relu.alpha().stream().mapToInt(Integer::intValue).toArray();
  }

  LayerTensor build() {
    ActivationRange range = relu.output().range();
    return graph.pass().quantized() && range != null && relu.bits() > 0
        ? onGrids(range)
        : real(range);
  }

  private LayerTensor real(ActivationRange range) {
    Ops tf = graph.scope(name);
    var slopes = graph.read(variable());
    export(tf, slopes, null, Float.SIZE);
    return graph.finish(name, apply(tf, slopes), null, Activation.NONE, range, null);
  }

  private LayerTensor onGrids(ActivationRange range) {
    Ops tf = graph.scope(name);
    var trained = graph.read(variable());
    float highest = (1 << (relu.bits() - 1)) - 1;
    int[] axes = new int[alpha.length];
    Arrays.setAll(axes, axis -> axis);
    var largest = tf.reduceMax(tf.math.abs(trained), tf.constant(axes));
    var scale =
        tf.math.maximum(tf.math.div(largest, tf.constant(highest)), tf.constant(SMALLEST_SCALE));
    var integers = IntegerArithmetic.halfUp(tf, tf.math.div(trained, scale), TFloat32.class);
    export(tf, integers, scale, relu.bits());
    var slopes = CustomGradients.straightThrough(tf, tf.math.mul(integers, scale), trained);
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null
            ? null
            : to ->
                ActivationKernels.prelu(
                    tf, graph.range(x.range()), to, x.operand(), integers, scale);
    return graph.finish(name, apply(tf, slopes), deployed, Activation.NONE, range, null);
  }

  private Operand<TFloat32> apply(Ops tf, Operand<TFloat32> slopes) {
    var negative = tf.nn.relu(tf.math.neg(x.operand()));
    return tf.math.sub(tf.nn.relu(x.operand()), tf.math.mul(slopes, negative));
  }

  private void export(Ops tf, Operand<TFloat32> values, Operand<TFloat32> scale, int width) {
    if (!graph.pass().training()) {
      graph.export(
          name,
          new PassGraph.ExportNodes(
              variable(),
              ChannelAxes.none(alpha.length),
              values,
              alpha.clone(),
              scale,
              tf.constant(new float[0]),
              width,
              null));
    }
  }

  private Variables.Variable variable() {
    String full = name + "/alpha";
    double size = Arrays.stream(alpha).asLongStream().reduce(1, (a, b) -> a * b);
    Variables.Variable slopes =
        graph.declare(
            full,
            alpha,
            Variables.Role.TRAINABLE,
            Initializers.of(relu.initializer(), graph.seed(), full, size, size));
    return slopes.undecayed();
  }
}
