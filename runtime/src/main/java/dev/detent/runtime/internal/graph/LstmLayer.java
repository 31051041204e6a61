package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.network.Operation.Lstm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Output;
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
record LstmLayer(PassBuilder graph, Ops tf, Lstm lstm, LayerTensor x) {
  /** The parts of the kernels, in their order. */
  static final int GATES = 4;

  private static final int FORGET = 1;

  LayerTensor build() {
    var kernel = graph.read(kernel());
    var recurrent = graph.read(recurrentKernel());
    Optional<Operand<TFloat32>> bias =
        Optional.ofNullable(lstm.bias()).map(initializer -> graph.read(bias(initializer)));
    Optional<RangeNodes> from =
        graph.quantized(lstm.output().range()) == null ? Optional.empty() : graph.grid(x);
    var states =
        from.isPresent()
            ? quantized(new LstmIntegers(tf, lstm.units(), from.get(), kernel, recurrent, bias))
            : real(kernel, recurrent, bias);
    return graph.finish(lstm, tf.stack(states, Stack.axis(1L)), Activation.NONE);
  }

  // ---------------------------------------------------------------- the real network

  private List<Operand<TFloat32>> real(
      Operand<TFloat32> kernel, Operand<TFloat32> recurrent, Optional<Operand<TFloat32>> bias) {
    export(kernel(), kernel, bias, Optional.empty());
    export(recurrentKernel(), recurrent, Optional.empty(), Optional.empty());
    List<Operand<TFloat32>> inputs = steps(inputs(kernel, bias));
    List<Operand<TFloat32>> states = new ArrayList<>();
    State state = zeros(inputs.get(0));
    for (Operand<TFloat32> input : inputs) {
      state = step(input, recurrent, state);
      states.add(state.hidden());
    }
    return states;
  }

  /** The state between two steps. */
  record State(Operand<TFloat32> hidden, Operand<TFloat32> cell) {}

  private State step(Operand<TFloat32> input, Operand<TFloat32> recurrent, State before) {
    var z = tf.math.add(input, tf.linalg.matMul(before.hidden(), recurrent));
    List<Output<TFloat32>> parts = tf.split(tf.constant(1), z, (long) GATES).output();
    var kept = tf.math.mul(tf.math.sigmoid(parts.get(FORGET)), before.cell());
    var added = tf.math.mul(tf.math.sigmoid(parts.get(0)), tf.math.tanh(parts.get(2)));
    var cell = tf.math.add(kept, added);
    return new State(tf.math.mul(tf.math.sigmoid(parts.get(3)), tf.math.tanh(cell)), cell);
  }

  private State zeros(Operand<TFloat32> input) {
    Operand<TFloat32> zeros =
        tf.zerosLike(tf.split(tf.constant(1), input, (long) GATES).output().get(0));
    return new State(zeros, zeros);
  }

  /** {@code x K + b} of all steps. */
  private Operand<TFloat32> inputs(Operand<TFloat32> kernel, Optional<Operand<TFloat32>> bias) {
    var product = tf.linalg.matMul(rows(), kernel);
    return bias.isEmpty() ? product : tf.nn.biasAdd(product, bias.get());
  }

  private Operand<TFloat32> rows() {
    return tf.reshape(x.operand(), tf.constant(new int[] {-1, x.shape()[1]}));
  }

  /** {@code [batch * steps, gates * units]} to one tensor a step. */
  private List<Operand<TFloat32>> steps(Operand<TFloat32> rows) {
    int count = x.shape()[0];
    int width = GATES * lstm.units();
    var sequence = tf.reshape(rows, tf.constant(new int[] {-1, count, width}));
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (var step : tf.split(tf.constant(1), sequence, (long) count).output()) {
      steps.add(tf.reshape(step, tf.constant(new int[] {-1, width})));
    }
    return steps;
  }

  // ---------------------------------------------------------------- the integer kernel

  private List<Operand<TFloat32>> quantized(LstmIntegers integers) {
    boolean training = graph.pass().training();
    var kernel = integers.kernel();
    var recurrent = integers.recurrent();
    export(
        kernel(),
        kernel.integers(),
        integers.bias().map(LstmIntegers.Weights::integers),
        Optional.of(new PassGraph.Steps(kernel.scales(), Byte.SIZE)));
    export(
        recurrentKernel(),
        recurrent.integers(),
        Optional.empty(),
        Optional.of(new PassGraph.Steps(recurrent.scales(), Byte.SIZE)));
    List<Operand<TFloat32>> realInputs =
        training
            ? steps(inputs(kernel.values(), integers.bias().map(LstmIntegers.Weights::values)))
            : List.of();
    List<Operand<TFloat32>> inputs = steps(integers.inputs(rows()));
    List<Operand<TFloat32>> states = new ArrayList<>();
    State state = zeros(inputs.get(0));
    for (int t = 0; t < inputs.size(); t++) {
      State before = state;
      state = integers.step(inputs.get(t), before);
      if (training) {
        State real = step(realInputs.get(t), recurrent.values(), before);
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
      Optional<Operand<TFloat32>> bias,
      Optional<PassGraph.Steps> steps) {
    graph.export(variable.name(), variable, ChannelAxes.last(2), kernel, bias, steps);
  }

  private Variables.Variable kernel() {
    return weights("kernel", lstm.kernelInitializer(), x.shape()[1]);
  }

  private Variables.Variable recurrentKernel() {
    return weights("recurrent_kernel", lstm.recurrentInitializer(), lstm.units());
  }

  private Variables.Variable weights(String part, Initializer initializer, int rows) {
    int[] shape = {rows, GATES * lstm.units()};
    return graph.trainable(lstm.name() + "/" + part, shape, initializer);
  }

  private Variables.Variable bias(Initializer initializer) {
    int units = lstm.units();
    String full = lstm.name() + "/bias";
    int[] shape = {GATES * units};
    Variables.InitialValues start = Initializers.of(initializer, graph.seed(), full, shape);
    return graph.declare(
        full,
        shape,
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
