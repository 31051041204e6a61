package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.PRelu;
import java.util.Arrays;
import java.util.Optional;
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
record PReluLayer(PassBuilder graph, Ops tf, PRelu relu, LayerTensor x) {
  /** The smallest scale: an alpha that is all zero has it. */
  private static final float SMALLEST_SCALE = 1e-12f;

  LayerTensor build() {
    Variables.Variable alpha = variable();
    var trained = graph.read(alpha);
    if (!graph.pass().quantized() || relu.output().range() == null || relu.bits() == 0) {
      export(alpha, trained, Optional.empty());
      return graph.finish(relu, apply(trained), Activation.NONE);
    }
    float highest = (1 << (relu.bits() - 1)) - 1;
    int[] axes = new int[alpha.shape().length];
    Arrays.setAll(axes, axis -> axis);
    var largest = tf.reduceMax(tf.math.abs(trained), tf.constant(axes));
    var scale =
        tf.math.maximum(tf.math.div(largest, tf.constant(highest)), tf.constant(SMALLEST_SCALE));
    var integers = new IntegerArithmetic(tf).halfUp(tf.math.div(trained, scale));
    export(alpha, integers, Optional.of(new PassGraph.Steps(scale, relu.bits())));
    var slopes = CustomGradients.straightThrough(tf, tf.math.mul(integers, scale), trained);
    Optional<PassBuilder.Deployed> deployed =
        graph
            .grid(x)
            .map(
                from ->
                    to -> new ActivationKernel(tf, from, to, x.operand()).prelu(integers, scale));
    return graph.finish(relu, apply(slopes), Activation.NONE, deployed, Optional.empty());
  }

  private Operand<TFloat32> apply(Operand<TFloat32> slopes) {
    var negative = tf.nn.relu(tf.math.neg(x.operand()));
    return tf.math.sub(tf.nn.relu(x.operand()), tf.math.mul(slopes, negative));
  }

  private void export(
      Variables.Variable alpha, Operand<TFloat32> values, Optional<PassGraph.Steps> steps) {
    var channels = ChannelAxes.none(alpha.shape().length);
    graph.export(relu.name(), alpha, channels, values, Optional.empty(), steps);
  }

  private Variables.Variable variable() {
    String full = relu.name() + "/alpha";
    int[] shape = relu.alpha().stream().mapToInt(Integer::intValue).toArray();
    double size = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    Variables.InitialValues start =
        Initializers.of(relu.initializer(), graph.seed(), full, size, size);
    return graph.declare(full, shape, Variables.Role.TRAINABLE, start).undecayed();
  }
}
