package dev.detent.processor.placement;

import dev.detent.processor.ir.FixedRange;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.QuantizationConfig;
import java.util.List;
import java.util.Optional;

/**
 * Tensors that share one range: a node of a disjoint-set forest (Galler and Fischer, 1964), so that
 * two groups become one whenever an operation ties them.
 */
final class RangeGroup {
  private final Optional<FixedRange> fixed;
  private final QuantizationConfig config;
  private RangeGroup parent;

  private RangeGroup(Optional<FixedRange> fixed, QuantizationConfig config) {
    this.fixed = fixed;
    this.config = config;
  }

  static RangeGroup learned(QuantizationConfig config) {
    return new RangeGroup(Optional.empty(), config);
  }

  static RangeGroup fixed(FixedRange range, QuantizationConfig config) {
    return new RangeGroup(Optional.of(range), config);
  }

  /** The one that stands for all that were joined. */
  RangeGroup root() {
    RangeGroup root = this;
    while (root.parent != null) {
      root = root.parent;
    }
    for (RangeGroup each = this; each != root; ) {
      RangeGroup next = each.parent;
      each.parent = root;
      each = next;
    }
    return root;
  }

  /** Joins another group to this one. */
  void join(RangeGroup other) {
    RangeGroup a = root();
    RangeGroup b = other.root();
    if (a != b) {
      b.parent = a;
    }
  }

  /** Whether both may be one, quantized as {@code wanted} says. */
  boolean fits(QuantizationConfig wanted) {
    return root().fixed.isEmpty() && root().config.sharesRangesWith(wanted);
  }

  /** How its tensors are quantized. */
  QuantizationConfig config() {
    return root().config;
  }

  /**
   * The range of all tensors that are in it. A symmetric one reaches below 0 whatever the values
   * are, so that it cannot stand for a ReLU.
   */
  RangeSpec spec(List<String> tensors, boolean nonNegative, double atMost) {
    RangeGroup root = root();
    boolean learned = root.fixed.isEmpty();
    boolean symmetric = learned && root.config.symmetric();
    return new RangeSpec(
        tensors.get(0),
        learned ? RangeSpec.Kind.LEARNED : RangeSpec.Kind.FIXED,
        root.fixed,
        root.config.activationBits(),
        nonNegative && !symmetric,
        symmetric ? Double.POSITIVE_INFINITY : atMost,
        symmetric,
        learned ? root.config.quantizer() : Optional.empty(),
        tensors);
  }
}
