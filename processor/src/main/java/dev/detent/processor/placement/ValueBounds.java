package dev.detent.processor.placement;

import dev.detent.annotations.Activation;
import dev.detent.processor.ir.FixedRange;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.OperationKind;
import java.util.List;

/**
 * What is known of a tensor's values whatever the weights are, or does not count because what reads
 * them cuts them off.
 *
 * @param nonNegative whether none is below 0
 * @param atMost what none is above
 */
record ValueBounds(boolean nonNegative, double atMost) {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;
  private static final int LOWEST = -128;
  private static final int ABOVE_HIGHEST = 128;

  /** What follows for an operation's output from the bounds of what it reads. */
  static ValueBounds of(Operation operation, List<ValueBounds> inputs) {
    if (operation.code().fixed().isPresent()) {
      FixedRange range = operation.code().fixed().get();
      return new ValueBounds(
          range.zeroPoint() == LOWEST, (ABOVE_HIGHEST - range.zeroPoint()) * range.scale());
    }
    boolean nonNegative = inputs.stream().allMatch(ValueBounds::nonNegative);
    double atMost = inputs.stream().mapToDouble(ValueBounds::atMost).max().orElse(UNBOUNDED);
    ValueBounds raw =
        switch (operation.code().yields()) {
          case NEW -> new ValueBounds(false, UNBOUNDED);
          case NON_NEGATIVE -> new ValueBounds(true, UNBOUNDED);
          case FROM_0_TO_6 -> new ValueBounds(true, 6);
          case UP_TO_1 -> new ValueBounds(false, 1);
          case MOVED, BETWEEN_INPUTS -> new ValueBounds(nonNegative, atMost);
          case SUM -> new ValueBounds(nonNegative, UNBOUNDED);
        };
    return raw.after(operation.activation()).belowCeiling(operation);
  }

  private ValueBounds after(Activation activation) {
    return switch (activation) {
      case NONE -> this;
      case RELU -> new ValueBounds(true, atMost);
      case RELU6 -> new ValueBounds(true, Math.min(atMost, 6));
      case RELU_N1_TO_1 -> new ValueBounds(nonNegative, Math.min(atMost, 1));
    };
  }

  /**
   * A ReLU with a ceiling: its operations share one range, which need not hold what the last of
   * them cuts off.
   */
  private ValueBounds belowCeiling(Operation operation) {
    LayerDeclaration layer = operation.layer().declaration();
    double ceiling =
        layer.operation() == OperationKind.RELU
            ? layer.attributes().get(AttributeKey.MAX_VALUE)
            : layer
                .unfused()
                .filter(activation -> activation.kind() == OperationKind.RELU)
                .filter(activation -> operation.activation() == Activation.RELU)
                .map(activation -> activation.attributes().get(AttributeKey.MAX_VALUE))
                .orElse(UNBOUNDED);
    return new ValueBounds(nonNegative, Math.min(atMost, ceiling));
  }
}
