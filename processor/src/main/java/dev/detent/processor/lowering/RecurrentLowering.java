package dev.detent.processor.lowering;

import dev.detent.annotations.MergeMode;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.PartKeys;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.OperationKind;
import java.util.List;
import java.util.Optional;

/** Recurrent layers, in one direction or in both: TFLite's kernels yield the state of each step. */
final class RecurrentLowering {
  private static final String FORWARD = "forward";
  private static final String BACKWARD = "backward";

  private RecurrentLowering() {}

  /** A layer in one direction. */
  @FunctionalInterface
  private interface Directed {
    /**
     * Adds its operations.
     *
     * @param direction what it yields, and what is in front of the names of its parts
     * @return the name of what it yields
     */
    String lower(Parts parts, Direction direction);
  }

  /**
   * How a layer reads.
   *
   * @param result the part that it yields
   * @param isBackwards whether it reads the last step first
   * @param isRestored whether it yields the states in the order of the steps nevertheless
   */
  record Direction(String result, boolean isBackwards, boolean isRestored) {
    /** The name of a part of it. */
    String part(String name) {
      return result.isEmpty() ? name : result + "/" + name;
    }
  }

  static void lstm(Parts parts) {
    lower(parts, RecurrentLowering::lstm);
  }

  static void gru(Parts parts) {
    lower(parts, GruLowering::gru);
  }

  private static void lower(Parts parts, Directed layer) {
    Attributes attributes = parts.layer().declaration().attributes();
    Optional<MergeMode> mode = attributes.find(AttributeKey.MERGE_MODE);
    if (mode.isEmpty()) {
      boolean isBackwards = parts.get(AttributeKey.GO_BACKWARDS);
      layer.lower(parts, new Direction(Parts.RESULT, isBackwards, false));
      return;
    }
    List<String> both =
        List.of(
            layer.lower(parts, new Direction(FORWARD, false, true)),
            layer.lower(parts, new Direction(BACKWARD, true, true)));
    OperationKind merge =
        switch (mode.get()) {
          case SUM -> OperationKind.ADD;
          case MUL -> OperationKind.MULTIPLY;
          case CONCAT -> OperationKind.CONCAT;
          case AVE -> OperationKind.AVERAGE;
        };
    parts.result(
        merge,
        attributes.with(AttributeKey.AXIS, -1, attributes.at(AttributeKey.MERGE_MODE)),
        both);
  }

  /** The operation has the variables, so that in both directions it is called as the direction. */
  private static String lstm(Parts parts, Direction direction) {
    boolean wantsAll = parts.get(AttributeKey.RETURN_SEQUENCES);
    String x = parts.input(0);
    int steps = parts.shape(x).size(0);
    Shape all = Shape.of(steps, parts.get(AttributeKey.UNITS));
    boolean isReversed = direction.isBackwards() && steps > 1;
    if (isReversed) {
      x = parts.reversed(direction.part("reversed"), x);
    }
    boolean isAlone = direction.result().equals(Parts.RESULT);
    String states =
        parts.add(
            isAlone && !wantsAll ? "states" : direction.result(),
            OpCode.LSTM,
            all,
            parts.layer().declaration().attributes(),
            x);
    if (!wantsAll) {
      return parts.add(
          isAlone ? Parts.RESULT : direction.part("last"),
          OpCode.STRIDED_SLICE,
          Shape.of(all.channels()),
          PartKeys.STEP,
          steps - 1,
          states);
    }
    return isReversed && direction.isRestored()
        ? parts.reversed(direction.part("restored"), states)
        : states;
  }
}
