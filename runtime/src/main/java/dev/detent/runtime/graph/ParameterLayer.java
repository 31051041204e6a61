package dev.detent.runtime.graph;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.quantizer.ActivationRange;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A tensor that is the same for all examples, under construction: trained here, and a constant of
 * the deployed model. In the graph it is {@code [1, ...shape]}, so that it is repeated along the
 * batch.
 */
public final class ParameterLayer {
  private final PassBuilder graph;
  private final String name;
  private final int[] shape;
  private Initializer initializer = Initializer.ZEROS;
  private double factor = 1;
  private boolean isTrained = true;

  ParameterLayer(PassBuilder graph, String name, int... shape) {
    this.graph = graph;
    this.name = name;
    this.shape = shape.clone();
  }

  /** How its variable starts; without the call with zeros. */
  public ParameterLayer initializer(Initializer value) {
    initializer = value;
    return this;
  }

  /** What the variable is multiplied with; without the call 1. */
  public ParameterLayer factor(double value) {
    factor = value;
    return this;
  }

  /** Leaves it as it starts, without a variable. */
  public ParameterLayer untrained() {
    isTrained = false;
    return this;
  }

  /** The tensor, quantized. */
  public LayerTensor output(ActivationRange wanted) {
    ActivationRange range = graph.quantized(wanted);
    Ops tf = graph.scope(name);
    Operand<TFloat32> value = isTrained ? graph.read(variable()) : tf.constant(tfShape(), start());
    if (factor != 1) {
      value = tf.math.mul(value, tf.constant((float) factor));
    }
    if (!graph.pass().training()) {
      graph.export(
          name,
          new PassGraph.ExportNodes(
              isTrained ? variable() : null,
              ChannelAxes.none(shape.length),
              value,
              shape.clone(),
              null,
              tf.constant(new float[0]),
              Float.SIZE,
              null));
    }
    int[] whole = new int[shape.length + 1];
    whole[0] = 1;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    Operand<TFloat32> y = tf.reshape(value, tf.constant(whole));
    if (range != null && graph.pass().observing()) {
      graph.range(range, shape).observe(y);
    }
    if (range != null && graph.pass().quantized()) {
      y = onGrid(tf, graph.range(range, shape), y);
    }
    return graph.put(name, y, range, null);
  }

  /** The tensor, float. */
  public LayerTensor output() {
    return output(null);
  }

  /**
   * As for a kernel, the gradient passes beyond the range too, or what grows would stay there; not
   * where gradients train the range, which then follows.
   */
  private static Operand<TFloat32> onGrid(Ops tf, RangeNodes nodes, Operand<TFloat32> y) {
    return nodes.isTrained()
        ? nodes.fakeQuantize(y)
        : CustomGradients.straightThrough(tf, nodes.fakeQuantize(tf.stopGradient(y)), y);
  }

  private Variables.Variable variable() {
    return graph.declare(name, shape, Variables.Role.TRAINABLE, initial());
  }

  private Variables.InitialValues initial() {
    return Initializers.of(initializer, graph.seed(), name, shape[0], shape[shape.length - 1]);
  }

  private org.tensorflow.ndarray.buffer.FloatDataBuffer start() {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return DataBuffers.of(initial().values(size), true, false);
  }

  private Shape tfShape() {
    long[] sizes = new long[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape[i];
    }
    return Shape.of(sizes);
  }
}
