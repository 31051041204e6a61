package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A PRELU under construction: {@code x} where it is not negative, else {@code alpha * x} (He et
 * al., 2015).
 *
 * <p>Alpha is trained. Deployed it is int8 with zero point 0 and one scale, {@code max|alpha| /
 * 127}.
 */
public final class PReluLayer {
  /** The smallest scale: an alpha that is all zero has it. */
  private static final float SMALLEST_SCALE = 1e-12f;

  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private int[] alpha;
  private Initializer initializer = Initializer.ZEROS;
  private int bits;

  PReluLayer(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
  }

  /** Alpha's sizes: those of the input, without the batch, and 1 where alpha is shared. */
  public PReluLayer alpha(int... shape) {
    alpha = shape.clone();
    return this;
  }

  /** How alpha starts. */
  public PReluLayer alphaInitializer(Initializer how) {
    initializer = how;
    return this;
  }

  /** Quantizes alpha. */
  public PReluLayer quantizeAlpha(int width) {
    bits = width;
    return this;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    return graph.pass().quantized() && bits > 0 ? onGrids(range) : real(range);
  }

  /** The output, float. */
  public LayerTensor output() {
    return real(null);
  }

  private LayerTensor real(ActivationRange range) {
    Ops tf = graph.scope(name);
    var slopes = graph.read(variable());
    export(tf, slopes, null, Float.SIZE);
    graph.limit(range, ScaleLimit.rescaling(x));
    return graph.finish(name, apply(tf, slopes), null, Activation.NONE, range, null);
  }

  private LayerTensor onGrids(ActivationRange range) {
    Ops tf = graph.scope(name);
    var trained = graph.read(variable());
    float highest = (1 << (bits - 1)) - 1;
    int[] axes = new int[alpha.length];
    Arrays.setAll(axes, axis -> axis);
    var largest = tf.reduceMax(tf.math.abs(trained), tf.constant(axes));
    var scale =
        tf.math.maximum(tf.math.div(largest, tf.constant(highest)), tf.constant(SMALLEST_SCALE));
    var integers = IntegerArithmetic.halfUp(tf, tf.math.div(trained, scale), TFloat32.class);
    export(tf, integers, scale, bits);
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
            Initializers.of(initializer, graph.seed(), full, size, size));
    return slopes.undecayed();
  }
}
