package dev.detent.inference;

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM without peepholes, projection and layer normalization: of 8 bits
 * with a cell state of 16 (kernels/lstm_eval.cc, {@code LstmStepInteger8x8_16}), or in float.
 *
 * <p>The sums for the gates have steps of 2^-12, what sigmoid and tanh yield has steps of 2^-15.
 */
final class Lstm {
  private static final int GATES = 4;
  private static final int INPUT = 0;
  private static final int FORGET = 1;
  private static final int CELL = 2;
  private static final int OUTPUT = 3;
  private static final int FIRST_KERNEL = 1;
  private static final int FIRST_RECURRENT = 5;
  private static final int FIRST_PEEPHOLE = 9;
  private static final int FIRST_BIAS = 12;
  private static final int FIRST_PROJECTION = 16;
  private static final int HIDDEN_STATE = 18;
  private static final int CELL_STATE = 19;
  private static final int FIRST_NORM = 20;
  private static final int OPERANDS = 24;
  private static final int TANH = 4;
  private static final float GATE_SCALE = 0x1p-12f;
  private static final int UNIT_BITS = 15;
  private static final short[] SIGMOIDS = FixedPoint16.sigmoids(3);
  private static final short[] TANHS = FixedPoint16.tanhs(3);

  private final Tensor x;
  private final Tensor y;
  private final Tensor hidden;
  private final Tensor cell;
  private final int batch;
  private final int steps;
  private final int inputs;
  private final int units;
  private final boolean isTimeFirst;

  /** The largest magnitude of the cell state; 0 for any. */
  private final float cellClip;

  private Lstm(Node node) {
    x = node.input(0);
    y = node.output(0);
    hidden = node.input(HIDDEN_STATE);
    cell = node.input(CELL_STATE);
    isTimeFirst = node.options.bool(3);
    node.require(x.rank() == 3 && y.rank() == 3, "it makes %s of %s", y, x);
    batch = x.size(isTimeFirst ? 1 : 0);
    steps = x.size(isTimeFirst ? 0 : 1);
    inputs = x.size(2);
    units = y.size(2);
    node.requireShape(y, x.size(0), x.size(1), units);
    node.requireShape(hidden, batch, units);
    node.requireShape(cell, batch, units);
    node.require(
        node.options.int8(0, 0) == TANH && node.options.float32(2, 0) == 0,
        "it clips its projection, or its activation is not tanh");
    cellClip = node.options.float32(1, 0);
    for (int i = FIRST_PEEPHOLE; i < OPERANDS; i++) {
      boolean isPart =
          i < FIRST_BIAS || i >= FIRST_PROJECTION && i < HIDDEN_STATE || i >= FIRST_NORM;
      node.require(!isPart || !node.has(i), "it has peepholes, a projection or a normalization");
    }
    for (int gate = 0; gate < GATES; gate++) {
      node.requireShape(node.input(FIRST_KERNEL + gate), units, inputs);
      node.requireShape(node.input(FIRST_RECURRENT + gate), units, units);
    }
  }

  static Kernel of(Node node) {
    Lstm lstm = new Lstm(node);
    return lstm.x.isFloat() ? lstm.reals(node) : lstm.integers(node);
  }

  /** Where a step of a sequence begins, among vectors of some length. */
  private int place(int sequence, int step, int length) {
    return (isTimeFirst ? step * batch + sequence : sequence * steps + step) * length;
  }

  // ---------------------------------------------------------------- 8 bits

  /** One gate: its weights, and what brings its sums to 16 bits. */
  private record Gate(
      byte[] kernel, byte[] recurrent, int[] bias, FixedPoint ofInput, FixedPoint ofState) {}

  private Kernel integers(Node node) {
    node.require(
        x.type == ElementType.INT8
            && y.type == ElementType.INT8
            && hidden.type == ElementType.INT8
            && cell.type == ElementType.INT16,
        "it makes %s of %s",
        y,
        x);
    node.requireScale(x);
    node.requireScale(y);
    node.requireScale(hidden);
    node.requireScale(cell);
    Gate[] gates = new Gate[GATES];
    for (int gate = 0; gate < GATES; gate++) {
      gates[gate] = gate(node, gate);
    }
    int cellExponent = Math.getExponent(cell.scale());
    node.require(
        cell.scale() == Math.scalb(1f, cellExponent) && cellExponent >= -15 && cellExponent <= -9,
        "the scale of %s is no power of two between 2^-15 and 2^-9",
        cell);
    // Without projection the state is what the step yields.
    FixedPoint toHidden = FixedPoint.of(0x1p-15f / hidden.scale() * 0x1p-15f);
    short[] cellTanhs = FixedPoint16.tanhs(UNIT_BITS + cellExponent);
    int addedShift = 2 * UNIT_BITS + cellExponent;
    int highest =
        cellClip > 0
            ? (int) Math.max(0, Math.min(cellClip / cell.scale(), Short.MAX_VALUE))
            : Short.MAX_VALUE;
    node.needs.line(0, GATES * units);
    return memory -> {
      for (int b = 0; b < batch; b++) {
        for (int step = 0; step < steps; step++) {
          sums(memory, gates, b, step);
          update(memory, b, step, cellTanhs, addedShift, highest, toHidden);
        }
      }
    };
  }

  private Gate gate(Node node, int gate) {
    Tensor kernel = node.input(FIRST_KERNEL + gate);
    Tensor recurrent = node.input(FIRST_RECURRENT + gate);
    node.requireScale(kernel);
    node.requireScale(recurrent);
    return new Gate(
        Products.bytes(node, kernel),
        Products.bytes(node, recurrent),
        Products.bias(node, FIRST_BIAS + gate, units),
        FixedPoint.of(x.scale() * kernel.scale() / GATE_SCALE),
        FixedPoint.of(hidden.scale() * recurrent.scale() / GATE_SCALE));
  }

  private void sums(Memory memory, Gate[] gates, int sequence, int step) {
    byte[] from = memory.bytes(x);
    byte[] state = memory.bytes(hidden);
    int[] sums = memory.line(0);
    int start = place(sequence, step, inputs);
    int first = sequence * units;
    for (int g = 0; g < GATES; g++) {
      Gate gate = gates[g];
      for (int unit = 0; unit < units; unit++) {
        int ofInput = gate.bias[unit];
        for (int i = 0; i < inputs; i++) {
          ofInput += (from[start + i] - x.zeroPoint()) * gate.kernel[unit * inputs + i];
        }
        int ofState = 0;
        for (int i = 0; i < units; i++) {
          ofState += (state[first + i] - hidden.zeroPoint()) * gate.recurrent[unit * units + i];
        }
        int before = in16Bits(gate.ofInput.times(ofInput));
        sums[g * units + unit] = in16Bits(before + gate.ofState.times(ofState));
      }
    }
  }

  private void update(
      Memory memory,
      int sequence,
      int step,
      short[] cellTanhs,
      int addedShift,
      int highest,
      FixedPoint toHidden) {
    byte[] state = memory.bytes(hidden);
    short[] cells = memory.shorts(cell);
    byte[] to = memory.bytes(y);
    int[] sums = memory.line(0);
    int first = sequence * units;
    int place = place(sequence, step, units);
    for (int unit = 0; unit < units; unit++) {
      int input = of(SIGMOIDS, sums[INPUT * units + unit]);
      int forget = of(SIGMOIDS, sums[FORGET * units + unit]);
      int value = of(TANHS, sums[CELL * units + unit]);
      int output = of(SIGMOIDS, sums[OUTPUT * units + unit]);
      int kept = FixedPoint.divided(forget * cells[first + unit], UNIT_BITS);
      int added = FixedPoint.divided(input * value, addedShift);
      int now = in16Bits((short) kept + (short) added);
      if (highest < Short.MAX_VALUE) {
        now = FixedPoint.clamp(now, -highest, highest);
      }
      cells[first + unit] = (short) now;
      int yielded = toHidden.times(output * of(cellTanhs, now)) + hidden.zeroPoint();
      byte result = (byte) FixedPoint.clamp(yielded, Byte.MIN_VALUE, Byte.MAX_VALUE);
      state[first + unit] = result;
      to[place + unit] = result;
    }
  }

  private static int of(short[] table, int argument) {
    return table[argument - Short.MIN_VALUE];
  }

  private static int in16Bits(int x) {
    return FixedPoint.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  // ---------------------------------------------------------------- float

  private Kernel reals(Node node) {
    node.require(y.isFloat() && hidden.isFloat() && cell.isFloat(), "it makes %s of %s", y, x);
    float[][] kernels = new float[GATES][];
    float[][] recurrents = new float[GATES][];
    float[][] biases = new float[GATES][];
    for (int gate = 0; gate < GATES; gate++) {
      kernels[gate] = Products.reals(node, node.input(FIRST_KERNEL + gate));
      recurrents[gate] = Products.reals(node, node.input(FIRST_RECURRENT + gate));
      biases[gate] = Products.realBias(node, FIRST_BIAS + gate, units);
    }
    return memory -> {
      float[] from = memory.floats(x);
      float[] state = memory.floats(hidden);
      float[] cells = memory.floats(cell);
      float[] to = memory.floats(y);
      for (int b = 0; b < batch; b++) {
        for (int step = 0; step < steps; step++) {
          int start = place(b, step, inputs);
          int place = place(b, step, units);
          for (int unit = 0; unit < units; unit++) {
            float input = gate(INPUT, unit, from, start, state, b, kernels, recurrents, biases);
            float forget = gate(FORGET, unit, from, start, state, b, kernels, recurrents, biases);
            float value = gate(CELL, unit, from, start, state, b, kernels, recurrents, biases);
            float output = gate(OUTPUT, unit, from, start, state, b, kernels, recurrents, biases);
            int at = b * units + unit;
            cells[at] = sigmoid(forget) * cells[at] + sigmoid(input) * (float) Math.tanh(value);
            if (cellClip > 0) {
              cells[at] = Math.max(-cellClip, Math.min(cellClip, cells[at]));
            }
            to[place + unit] = sigmoid(output) * (float) Math.tanh(cells[at]);
          }
          System.arraycopy(to, place, state, b * units, units);
        }
      }
    };
  }

  private float gate(
      int gate,
      int unit,
      float[] from,
      int start,
      float[] state,
      int sequence,
      float[][] kernels,
      float[][] recurrents,
      float[][] biases) {
    float sum = biases[gate][unit];
    for (int i = 0; i < inputs; i++) {
      sum += from[start + i] * kernels[gate][unit * inputs + i];
    }
    for (int i = 0; i < units; i++) {
      sum += state[sequence * units + i] * recurrents[gate][unit * units + i];
    }
    return sum;
  }

  private static float sigmoid(float x) {
    return 1 / (1 + (float) Math.exp(-x));
  }
}
