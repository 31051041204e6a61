package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gated recurrent unit, unrolled. What the input adds to the gates is one product over all steps;
 * the kernels of the state are constants that every step multiplies with.
 */
final class GruLowering {
  private static final String UPDATE = "update";
  private static final String RESET = "reset";
  private static final String CANDIDATE = "candidate";
  private static final int STEPS_AXIS = 1;

  private final Parts parts;
  private final RecurrentLowering.Direction direction;
  private final int steps;
  private final int units;
  private final Shape state;
  private final boolean resetAfter;
  private @Nullable String recurrentBias;

  private GruLowering(Parts parts, RecurrentLowering.Direction direction) {
    this.parts = parts;
    this.direction = direction;
    steps = parts.shape(parts.input(0)).size(0);
    units = parts.get(AttributeKey.UNITS);
    state = Shape.of(1, units);
    resetAfter = parts.get(AttributeKey.RESET_AFTER);
  }

  static String gru(Parts parts, RecurrentLowering.Direction direction) {
    return new GruLowering(parts, direction).lower();
  }

  private String lower() {
    boolean wantsAll = parts.get(AttributeKey.RETURN_SEQUENCES);
    for (String gate : List.of(UPDATE, RESET, CANDIDATE)) {
      if (isWanted(gate)) {
        parts.dense(direction.part(gate), parts.input(0), units);
        if (steps > 1) {
          parts.constant(
              direction.part(gate) + "/recurrent_kernel",
              Shape.of(units, units),
              parts.get(AttributeKey.RECURRENT_INITIALIZER));
        }
      }
    }
    if (resetAfter && parts.get(AttributeKey.USE_BIAS)) {
      recurrentBias =
          parts.constant(
              direction.part("recurrent_bias"),
              Shape.of(units),
              parts.get(AttributeKey.BIAS_INITIALIZER));
    }
    List<String> states = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      states.add(step(step, step == 0 ? null : states.get(step - 1)));
    }
    if (!wantsAll || steps == 1) {
      return parts.reshape(
          direction.result(),
          states.get(steps - 1),
          wantsAll ? Shape.of(1, units) : Shape.of(units));
    }
    if (direction.isBackwards() && direction.isRestored()) {
      Collections.reverse(states);
    }
    return parts.add(
        direction.result(),
        OpCode.CONCATENATION,
        Shape.of(steps, units),
        AttributeKey.AXIS,
        STEPS_AXIS,
        states.toArray(String[]::new));
  }

  /** Whether a gate does anything: a reset of a state that is always zero does not. */
  private boolean isWanted(String gate) {
    return !gate.equals(RESET) || steps > 1 || (resetAfter && parts.get(AttributeKey.USE_BIAS));
  }

  /** One step; {@code before} is null where the state is zeros. */
  private String step(int step, @Nullable String before) {
    String at = direction.part("step" + step + "/");
    String z = gate(at, step, UPDATE, before);
    String candidate = candidate(at, step, before);
    String n = parts.add(at + CANDIDATE, OpCode.TANH, state, candidate);
    if (before == null) {
      String kept = parts.add(at + "kept", OpCode.MUL, state, z, n);
      return parts.add(at + "state", OpCode.SUB, state, n, kept);
    }
    String difference = parts.add(at + "difference", OpCode.SUB, state, before, n);
    String kept = parts.add(at + "kept", OpCode.MUL, state, z, difference);
    return parts.add(at + "state", OpCode.ADD, state, n, kept);
  }

  private String gate(String at, int step, String gate, @Nullable String before) {
    String sum = input(at, step, gate);
    if (before != null) {
      String product = product(at + gate + "/product", before, gate);
      sum = parts.add(at + gate + "/sum", OpCode.ADD, state, sum, product);
    }
    return parts.add(at + gate, OpCode.LOGISTIC, state, sum);
  }

  private String candidate(String at, int step, @Nullable String before) {
    String input = input(at, step, CANDIDATE);
    String name = at + CANDIDATE;
    String added = null;
    if (before != null && resetAfter) {
      added = product(name + "/product", before, CANDIDATE);
      if (recurrentBias != null) {
        added = parts.add(name + "/biased", OpCode.ADD, state, added, recurrentBias);
      }
    } else if (resetAfter) {
      added = recurrentBias;
    } else if (before != null) {
      added = before;
    }
    if (added == null) {
      return input;
    }
    String r = gate(at, step, RESET, before);
    String reset = parts.add(name + "/reset", OpCode.MUL, state, r, added);
    if (!resetAfter) {
      reset = product(name + "/product", reset, CANDIDATE);
    }
    return parts.add(name + "/sum", OpCode.ADD, state, input, reset);
  }

  /** What the input adds to a gate in one step; read backwards, the first is the last one's. */
  private String input(String at, int step, String gate) {
    return parts.add(
        at + gate + "/input",
        OpCode.STRIDED_SLICE,
        state,
        PartKeys.STEP,
        direction.isBackwards() ? steps - 1 - step : step,
        nameOf(gate));
  }

  private String product(String part, String of, String gate) {
    return parts.product(part, state, false, of, nameOf(gate) + "/recurrent_kernel");
  }

  private String nameOf(String gate) {
    return parts.layer().name() + "/" + direction.part(gate);
  }
}
