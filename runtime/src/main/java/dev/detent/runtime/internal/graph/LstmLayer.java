package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.network.Operation.Lstm;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/**
 * A long short-term memory over {@code [steps, in]}, in one pass; it yields {@code [steps, units]}.
 *
 * <p>With {@code z = x K + h R + b} in four parts: {@code c = sigmoid(z_f) c + sigmoid(z_i)
 * tanh(z_c)} and {@code h = sigmoid(z_o) tanh(c)}, starting from zeros (Hochreiter and Schmidhuber,
 * 1997, with Gers et al.'s forget gate). The kernels hold the parts in Keras's order: input,
 * forget, cell, output.
 *
 * <p>Quantized, {@link LstmIntegers} computes each step as TFLite's integer kernel does; the
 * gradient is that of the real step at the integers' values.
 */
final class LstmLayer {
  /** The parts of the kernels, in their order. */
  static final int GATES = 4;

  private static final int FORGET = 1;

  private final PassBuilder graph;
  private final Lstm lstm;
  private final LayerTensor x;
  private final String name;
  private final int units;

  LstmLayer(PassBuilder graph, Lstm lstm, LayerTensor x) {
    this.graph = graph;
    this.lstm = lstm;
    this.x = x;
    name = lstm.name();
    units = lstm.units();
  }

  LayerTensor build() {
    ActivationRange range = lstm.output().range();
    Ops tf = graph.scope(name);
    boolean quantized =
        graph.pass().quantized() && graph.quantized(range) != null && x.range() != null;
    var kernel = graph.read(kernel());
    var recurrent = graph.read(recurrentKernel());
    var bias = lstm.bias() == null ? null : graph.read(bias());
    var states =
        quantized ? quantized(tf, kernel, recurrent, bias) : real(tf, kernel, recurrent, bias);
    return graph.finish(name, tf.stack(states, Stack.axis(1L)), null, Activation.NONE, range, null);
  }

  // ---------------------------------------------------------------- the real network

  private List<Operand<TFloat32>> real(
      Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> recurrent, Operand<TFloat32> bias) {
    if (!graph.pass().training()) {
      export(kernel(), kernel, null, bias, Float.SIZE);
      export(recurrentKernel(), recurrent, null, null, Float.SIZE);
    }
    List<Operand<TFloat32>> states = new ArrayList<>();
    State state = null;
    for (Operand<TFloat32> input : steps(tf, inputs(tf, kernel, bias))) {
      state = step(tf, input, recurrent, state == null ? zeros(tf, input) : state);
      states.add(state.hidden());
    }
    return states;
  }

  /** The state between two steps. */
  record State(Operand<TFloat32> hidden, Operand<TFloat32> cell) {}

  private State step(Ops tf, Operand<TFloat32> input, Operand<TFloat32> recurrent, State before) {
    var z = tf.math.add(input, tf.linalg.matMul(before.hidden(), recurrent));
    List<org.tensorflow.Output<TFloat32>> parts =
        tf.split(tf.constant(1), z, (long) GATES).output();
    var kept = tf.math.mul(tf.math.sigmoid(parts.get(FORGET)), before.cell());
    var added = tf.math.mul(tf.math.sigmoid(parts.get(0)), tf.math.tanh(parts.get(2)));
    var cell = tf.math.add(kept, added);
    return new State(tf.math.mul(tf.math.sigmoid(parts.get(3)), tf.math.tanh(cell)), cell);
  }

  private State zeros(Ops tf, Operand<TFloat32> input) {
    Operand<TFloat32> zeros =
        tf.zerosLike(tf.split(tf.constant(1), input, (long) GATES).output().get(0));
    return new State(zeros, zeros);
  }

  /** {@code x K + b} of all steps. */
  private Operand<TFloat32> inputs(Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    var product = tf.linalg.matMul(rows(tf, x.operand()), kernel);
    return bias == null ? product : tf.nn.biasAdd(product, bias);
  }

  private Operand<TFloat32> rows(Ops tf, Operand<TFloat32> sequence) {
    return tf.reshape(sequence, tf.constant(new int[] {-1, x.shape()[1]}));
  }

  /** {@code [batch * steps, gates * units]} to one tensor a step. */
  private List<Operand<TFloat32>> steps(Ops tf, Operand<TFloat32> rows) {
    int count = x.shape()[0];
    int width = GATES * units;
    var sequence = tf.reshape(rows, tf.constant(new int[] {-1, count, width}));
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (var step : tf.split(tf.constant(1), sequence, (long) count).output()) {
      steps.add(tf.reshape(step, tf.constant(new int[] {-1, width})));
    }
    return steps;
  }

  // ---------------------------------------------------------------- the integer kernel

  private List<Operand<TFloat32>> quantized(
      Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> recurrent, Operand<TFloat32> bias) {
    var integers = new LstmIntegers(tf, units, graph.range(x.range()), kernel, recurrent, bias);
    boolean training = graph.pass().training();
    if (!training) {
      export(kernel(), integers.kernel(), integers.kernelScales(), integers.bias(), Byte.SIZE);
      export(recurrentKernel(), integers.recurrent(), integers.recurrentScales(), null, Byte.SIZE);
    }
    var realInputs =
        training ? steps(tf, inputs(tf, integers.deployedKernel(), integers.deployedBias())) : null;
    List<Operand<TFloat32>> states = new ArrayList<>();
    List<Operand<TFloat32>> inputs = steps(tf, integers.inputs(rows(tf, x.operand())));
    State state = null;
    for (int t = 0; t < inputs.size(); t++) {
      State before = state == null ? zeros(tf, inputs.get(t)) : state;
      state = integers.step(inputs.get(t), before);
      if (training) {
        State real = step(tf, realInputs.get(t), integers.deployedRecurrent(), before);
        state =
            new State(
                CustomGradients.straightThrough(tf, state.hidden(), real.hidden()),
                CustomGradients.straightThrough(tf, state.cell(), real.cell()));
      }
      states.add(state.hidden());
    }
    return states;
  }

  // ---------------------------------------------------------------- variables

  private void export(
      Variables.Variable variable,
      Operand<TFloat32> kernel,
      Operand<TFloat32> scales,
      Operand<TFloat32> bias,
      int bits) {
    Ops tf = graph.scope(name);
    graph.export(
        variable.name(),
        new PassGraph.ExportNodes(
            variable,
            ChannelAxes.last(2),
            kernel,
            variable.shape(),
            scales,
            bias == null ? tf.constant(new float[GATES * units]) : bias,
            bits,
            null));
  }

  private Variables.Variable kernel() {
    return weights("kernel", lstm.kernelInitializer(), x.shape()[1]);
  }

  private Variables.Variable recurrentKernel() {
    return weights("recurrent_kernel", lstm.recurrentInitializer(), units);
  }

  private Variables.Variable weights(String part, Initializer initializer, int rows) {
    String full = name + "/" + part;
    return graph.declare(
        full,
        new int[] {rows, GATES * units},
        Variables.Role.TRAINABLE,
        Initializers.of(initializer, graph.seed(), full, rows, GATES * units));
  }

  private Variables.Variable bias() {
    String full = name + "/bias";
    int size = GATES * units;
    Variables.InitialValues start = Initializers.of(lstm.bias(), graph.seed(), full, size, size);
    return graph.declare(
        full,
        new int[] {size},
        Variables.Role.TRAINABLE,
        count -> {
          float[] values = start.values(count);
          if (lstm.isForgetOne()) {
            Arrays.fill(values, FORGET * units, (FORGET + 1) * units, 1);
          }
          return values;
        });
  }
}
