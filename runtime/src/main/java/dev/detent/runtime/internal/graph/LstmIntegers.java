package dev.detent.runtime.internal.graph;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * One integer LSTM as TFLite's built-in UNIDIRECTIONAL_SEQUENCE_LSTM computes it with 8-bit
 * activations and weights (kernels/lstm_eval.cc, {@code LstmStepInteger}): exact.
 *
 * <p>Each gate's kernel is int8 with one scale, [-127, 127]; its bias is int32. The sums for the
 * gates are int16 with steps of 2^-12, what sigmoid and tanh yield has steps of 2^-15, the cell
 * state is int16 with steps of 2^-11, so that it holds -16 to 16, and the state that is handed on
 * is int8 with steps of 1/128 around 0.
 */
final class LstmIntegers extends IntegerArithmetic {
  /** The cell state's steps are {@code 2^CELL_EXPONENT}. */
  static final int CELL_EXPONENT = -11;

  private static final int GATE_EXPONENT = -12;
  private static final int UNIT_EXPONENT = -15;
  private static final int HIDDEN_EXPONENT = -7;
  private static final int HIGHEST_WEIGHT = 127;
  private static final float SMALLEST_SCALE = 1e-12f;

  /** No bias may be larger, in its steps: the kernel's scale is raised for it. */
  private static final float LARGEST_BIAS = 1 << 30;

  private final int units;
  private final RangeNodes from;
  private final Weights kernel;
  private final Weights recurrent;
  private final Optional<Weights> bias;
  private final Operand<TFloat32> sigmoids;
  private final Operand<TFloat32> gateTanhs;
  private final Operand<TFloat32> cellTanhs;
  private final FixedPoint recurrentMultiplier;

  /**
   * One kernel, or the bias, of all gates: {@code [in, gates * units]} or {@code [gates * units]}.
   *
   * @param integers in steps of the scales
   * @param scales one for each gate
   * @param values what the integers stand for, with the gradient of what is trained
   */
  record Weights(Operand<TFloat32> integers, Operand<TFloat32> scales, Operand<TFloat32> values) {}

  LstmIntegers(
      Ops tf,
      int units,
      RangeNodes from,
      Operand<TFloat32> realKernel,
      Operand<TFloat32> realRecurrent,
      Optional<Operand<TFloat32>> realBias) {
    super(tf);
    this.units = units;
    this.from = from;
    Operand<TFloat32> needed =
        realBias.isEmpty()
            ? tf.constant(SMALLEST_SCALE)
            : tf.math.div(
                largest(realBias.get()), tf.math.mul(from.scale(), tf.constant(LARGEST_BIAS)));
    kernel = weights(realKernel, tf.math.maximum(scalesOf(realKernel), needed), this::in8Bits);
    recurrent = weights(realRecurrent, scalesOf(realRecurrent), this::in8Bits);
    bias = realBias.map(real -> weights(real, tf.math.mul(kernel.scales, from.scale()), q -> q));
    sigmoids = tf.constant(FixedPoint16.sigmoids(-UNIT_EXPONENT + GATE_EXPONENT));
    gateTanhs = tf.constant(FixedPoint16.tanhs(-UNIT_EXPONENT + GATE_EXPONENT));
    cellTanhs = tf.constant(FixedPoint16.tanhs(-UNIT_EXPONENT + CELL_EXPONENT));
    recurrentMultiplier =
        multiplier(tf.math.mul(recurrent.scales, tf.constant(Math.scalb(1f, HIDDEN_EXPONENT))));
  }

  /** Of the input. */
  Weights kernel() {
    return kernel;
  }

  /** Of the state. */
  Weights recurrent() {
    return recurrent;
  }

  /** Empty without a bias. */
  Optional<Weights> bias() {
    return bias;
  }

  /** The input's part of the gates' sums, in their steps: {@code [rows, gates * units]}. */
  Operand<TFloat32> inputs(Operand<TFloat32> rows) {
    Operand<TFloat64> products = wide(tf.linalg.matMul(steps(rows, from), kernel.integers));
    var sums = bias.isEmpty() ? products : tf.math.add(products, wide(bias.get().integers));
    var multiplier = multiplier(tf.math.mul(kernel.scales, from.scale()));
    return narrow(to16Bits(scaled(sums, multiplier)));
  }

  /**
   * One step.
   *
   * @param input the step's part of {@link #inputs}
   * @param before the state, real
   */
  LstmLayer.State step(Operand<TFloat32> input, LstmLayer.State before) {
    var hidden = inSteps(before.hidden(), HIDDEN_EXPONENT);
    var sums =
        to16Bits(
            tf.math.add(
                wide(input),
                scaled(
                    wide(tf.linalg.matMul(narrow(hidden), recurrent.integers)),
                    recurrentMultiplier)));
    var parts = tf.split(tf.constant(1), sums, (long) LstmLayer.GATES).output();
    var kept =
        shifted(
            tf.math.mul(of(sigmoids, parts.get(1)), inSteps(before.cell(), CELL_EXPONENT)),
            UNIT_EXPONENT);
    var added =
        shifted(
            tf.math.mul(of(sigmoids, parts.get(0)), of(gateTanhs, parts.get(2))),
            2 * UNIT_EXPONENT - CELL_EXPONENT);
    var cell = to16Bits(tf.math.add(kept, added));
    var product = tf.math.mul(of(sigmoids, parts.get(3)), of(cellTanhs, cell));
    // QuantizeMultiplier makes one half of a power of two, and the rest a shift.
    var once = halfUp(tf.math.mul(product, tf.constant(0.5)));
    var result = shifted(once, 2 * UNIT_EXPONENT - HIDDEN_EXPONENT + 1);
    return new LstmLayer.State(
        real(within(result, Byte.MIN_VALUE, Byte.MAX_VALUE), HIDDEN_EXPONENT),
        real(cell, CELL_EXPONENT));
  }

  // ---------------------------------------------------------------- arithmetic

  private Operand<TFloat64> of(Operand<TFloat32> table, Operand<TFloat64> argument) {
    var index =
        tf.dtypes.cast(tf.math.sub(argument, tf.constant((double) Short.MIN_VALUE)), TInt32.class);
    return wide(tf.gather(table, index, tf.constant(0)));
  }

  /** Integers times one multiplier for each gate. */
  private Operand<TFloat64> scaled(Operand<TFloat64> sums, FixedPoint multiplier) {
    var byGate = tf.reshape(sums, tf.constant(new int[] {-1, LstmLayer.GATES, units}));
    return tf.reshape(
        times(multiplier, byGate), tf.constant(new int[] {-1, LstmLayer.GATES * units}));
  }

  /** From the steps of a product of integers to those of the gates' sums. */
  private FixedPoint multiplier(Operand<TFloat32> scales) {
    var ratio = tf.math.div(scales, tf.constant(Math.scalb(1f, GATE_EXPONENT)));
    return fixedPoint(tf.reshape(wide(ratio), tf.constant(new int[] {LstmLayer.GATES, 1})));
  }

  /** Divided by a power of two, halves away from zero. */
  private Operand<TFloat64> shifted(Operand<TFloat64> integers, int exponent) {
    return halfAway(tf.math.mul(integers, tf.constant(Math.scalb(1.0, exponent))));
  }

  private Operand<TFloat64> to16Bits(Operand<TFloat64> integers) {
    return within(integers, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private Operand<TFloat64> within(Operand<TFloat64> integers, int lowest, int highest) {
    return clipped(integers, tf.constant((double) lowest), tf.constant((double) highest));
  }

  private Operand<TFloat64> inSteps(Operand<TFloat32> real, int exponent) {
    return tf.math.mul(wide(real), tf.constant(Math.scalb(1.0, -exponent)));
  }

  private Operand<TFloat32> real(Operand<TFloat64> integers, int exponent) {
    return narrow(tf.math.mul(integers, tf.constant(Math.scalb(1.0, exponent))));
  }

  // ---------------------------------------------------------------- weights

  /** The largest magnitude of each gate. */
  private Operand<TFloat32> largest(Operand<TFloat32> weights) {
    var byGate = tf.reshape(weights, tf.constant(new int[] {-1, LstmLayer.GATES, units}));
    return tf.reduceMax(tf.math.abs(byGate), tf.constant(new int[] {0, 2}));
  }

  private Operand<TFloat32> scalesOf(Operand<TFloat32> weights) {
    return tf.math.maximum(
        tf.math.div(largest(weights), tf.constant((float) HIGHEST_WEIGHT)),
        tf.constant(SMALLEST_SCALE));
  }

  private Operand<TFloat32> in8Bits(Operand<TFloat32> integers) {
    return clipped(
        integers, tf.constant((float) -HIGHEST_WEIGHT), tf.constant((float) HIGHEST_WEIGHT));
  }

  private Weights weights(
      Operand<TFloat32> trained, Operand<TFloat32> scales, UnaryOperator<Operand<TFloat32>> bound) {
    var perUnit = perUnit(scales);
    var integers = bound.apply(halfUp(tf.math.div(trained, perUnit)));
    var values = CustomGradients.straightThrough(tf, tf.math.mul(integers, perUnit), trained);
    return new Weights(integers, scales, values);
  }

  /** One for each gate to one for each column of the kernels. */
  private Operand<TFloat32> perUnit(Operand<TFloat32> ofGates) {
    var column = tf.reshape(ofGates, tf.constant(new int[] {LstmLayer.GATES, 1}));
    return tf.reshape(
        tf.tile(column, tf.constant(new int[] {1, units})),
        tf.constant(new int[] {LstmLayer.GATES * units}));
  }
}
