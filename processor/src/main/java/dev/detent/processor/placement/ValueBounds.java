package dev.detent.processor.placement;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import java.util.List;

/**
 * What is known of a tensor's values whatever the weights are.
 *
 * @param nonNegative whether none is below 0
 * @param atMostSix whether none is above 6
 */
record ValueBounds(boolean nonNegative, boolean atMostSix) {

  private static final ValueBounds UNKNOWN = new ValueBounds(false, false);

  /** What follows for an operation's output from the bounds of what it reads. */
  static ValueBounds of(Operation operation, List<ValueBounds> inputs) {
    if (operation.code() == OpCode.SOFTMAX) {
      return new ValueBounds(true, true);
    }
    ValueBounds raw =
        switch (operation.code().yields()) {
          case NEW -> UNKNOWN;
          case MOVED, BETWEEN_INPUTS ->
              new ValueBounds(
                  inputs.stream().allMatch(ValueBounds::nonNegative),
                  inputs.stream().allMatch(ValueBounds::atMostSix));
          case SUM -> new ValueBounds(inputs.stream().allMatch(ValueBounds::nonNegative), false);
        };
    return raw.behind(operation.activation()).behind(operation.code().isItself());
  }

  private ValueBounds behind(Activation activation) {
    return switch (activation) {
      case NONE -> this;
      case RELU -> new ValueBounds(true, atMostSix);
      case RELU6 -> new ValueBounds(true, true);
    };
  }
}
