package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Operation.Parameter;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A tensor that is the same for all examples, in one pass: trained here, and a constant of the
 * deployed model. In the graph it is {@code [1, ...shape]}, so that it is repeated along the batch.
 */
record ParameterLayer(PassBuilder graph, Ops tf, Parameter parameter) {

  LayerTensor build() {
    String name = parameter.name();
    int[] shape = parameter.output().shape();
    Variables.InitialValues initial =
        parameter.values().isEmpty()
            ? Initializers.of(
                parameter.initializer(), graph.seed(), name, shape[0], shape[shape.length - 1])
            : this::given;
    Optional<Variables.Variable> variable =
        parameter.isTrained()
            ? Optional.of(graph.declare(name, shape, Variables.Role.TRAINABLE, initial))
            : Optional.empty();
    Operand<TFloat32> value = variable.map(graph::read).orElseGet(() -> constant(shape, initial));
    if (parameter.factor() != 1) {
      value = tf.math.mul(value, tf.constant((float) parameter.factor()));
    }
    graph.export(
        name,
        new PassGraph.ExportNodes(
            variable,
            ChannelAxes.none(shape.length),
            value,
            shape,
            Optional.empty(),
            Optional.empty()));
    Operand<TFloat32> y = tf.reshape(value, tf.constant(parameter.output().shape(1)));
    ActivationRange range = graph.quantized(parameter.output().range());
    if (range != null && graph.pass().observing()) {
      graph.range(range, shape).observe(y);
    }
    if (range != null && graph.pass().quantized()) {
      y = onGrid(graph.range(range, shape), y);
    }
    return graph.put(parameter, y, range);
  }

  /**
   * As for a kernel, the gradient passes beyond the range too, or what grows would stay there; not
   * where gradients train the range, which then follows.
   */
  private Operand<TFloat32> onGrid(RangeNodes nodes, Operand<TFloat32> y) {
    return nodes.isTrained()
        ? nodes.fakeQuantize(y)
        : CustomGradients.straightThrough(tf, nodes.fakeQuantize(tf.stopGradient(y)), y);
  }

  private float[] given(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = parameter.values().get(i % parameter.values().size()).floatValue();
    }
    return values;
  }

  private Operand<TFloat32> constant(int[] shape, Variables.InitialValues initial) {
    float[] values = initial.values(parameter.output().elements());
    return tf.constant(
        Shape.of(Arrays.stream(shape).asLongStream().toArray()),
        DataBuffers.of(values, true, false));
  }
}
