package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Operation.Parameter;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A tensor that is the same for all examples, in one pass: trained here, and a constant of the
 * deployed model. In the graph it is {@code [1, ...shape]}, so that it is repeated along the batch.
 */
final class ParameterLayer {
  private final PassBuilder graph;
  private final Parameter parameter;
  private final String name;
  private final int[] shape;

  ParameterLayer(PassBuilder graph, Parameter parameter) {
    this.graph = graph;
    this.parameter = parameter;
    name = parameter.name();
    shape = parameter.output().shape();
  }

  LayerTensor build() {
    ActivationRange range = graph.quantized(parameter.output().range());
    Ops tf = graph.scope(name);
    Operand<TFloat32> value =
        parameter.isTrained() ? graph.read(variable()) : tf.constant(tfShape(), start());
    if (parameter.factor() != 1) {
      value = tf.math.mul(value, tf.constant((float) parameter.factor()));
    }
    if (!graph.pass().training()) {
      graph.export(
          name,
          new PassGraph.ExportNodes(
              parameter.isTrained() ? variable() : null,
              ChannelAxes.none(shape.length),
              value,
              shape.clone(),
              null,
              tf.constant(new float[0]),
              Float.SIZE,
              null));
    }
    Operand<TFloat32> y = tf.reshape(value, tf.constant(parameter.output().shape(1)));
    if (range != null && graph.pass().observing()) {
      graph.range(range, shape).observe(y);
    }
    if (range != null && graph.pass().quantized()) {
      y = onGrid(tf, graph.range(range, shape), y);
    }
    return graph.put(name, y, range, null);
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
    return Initializers.of(
        parameter.initializer(), graph.seed(), name, shape[0], shape[shape.length - 1]);
  }

  private org.tensorflow.ndarray.buffer.FloatDataBuffer start() {
    return DataBuffers.of(initial().values(parameter.output().elements()), true, false);
  }

  private Shape tfShape() {
    return Shape.of(Arrays.stream(shape).asLongStream().toArray());
  }
}
