package dev.detent.processor.placement;

import dev.detent.processor.ir.FixedRange;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.QuantizationConfig.Activations;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tensors that share one range: a node of a disjoint-set forest (Galler and Fischer, 1964), so that
 * two groups become one whenever an operation ties them.
 */
final class RangeGroup {
  private final Optional<FixedRange> fixed;
  private final Activations form;
  private final Set<RangeGroup> apart = new HashSet<>();
  private boolean isCentered;
  private @Nullable RangeGroup parent;

  private RangeGroup(Optional<FixedRange> fixed, Activations form) {
    this.fixed = fixed;
    this.form = form;
  }

  static RangeGroup learned(Activations form) {
    return new RangeGroup(Optional.empty(), form);
  }

  static RangeGroup fixed(FixedRange range, Activations form) {
    return new RangeGroup(Optional.of(range), form);
  }

  /** The one that stands for all that were joined. */
  RangeGroup root() {
    RangeGroup root = this;
    while (root.parent != null) {
      root = root.parent;
    }
    for (RangeGroup each = this; each.parent != null && each.parent != root; ) {
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
      a.apart.addAll(b.apart);
      a.isCentered |= b.isCentered;
    }
  }

  /** Demands the zero point 0 of it, and of all that ever joins it. */
  void center() {
    root().isCentered = true;
  }

  /** Demands that the two never become one. */
  void keepApart(RangeGroup other) {
    root().apart.add(other);
    other.root().apart.add(this);
  }

  /** Whether the two must not become one. */
  boolean isApart(RangeGroup other) {
    RangeGroup wanted = other.root();
    return root().apart.stream().anyMatch(each -> each.root() == wanted);
  }

  /** Whether both may be one, quantized as {@code wanted} says. */
  boolean fits(Activations wanted) {
    return !isFixed() && form().sharesRangesWith(wanted);
  }

  /** Whether the kernel prescribes it. */
  boolean isFixed() {
    return root().fixed.isPresent();
  }

  /** Whether the zero point is 0. */
  boolean isSymmetric() {
    RangeGroup root = root();
    return root.fixed
        .map(range -> range.zeroPoint() == 0)
        .orElse(root.form.symmetric() || root.isCentered);
  }

  /** Whether both are demanded by kernels, and are the same. */
  boolean isSameFixed(RangeGroup other) {
    return isFixed()
        && root().fixed.equals(other.root().fixed)
        && form().bits() == other.form().bits();
  }

  /** How its tensors are quantized. */
  Activations form() {
    return root().form;
  }

  /**
   * The range of all tensors that are in it. A symmetric one reaches below 0 whatever the values
   * are, so that it cannot stand for a ReLU.
   */
  RangeSpec spec(List<String> tensors, boolean nonNegative, double atMost) {
    RangeGroup root = root();
    boolean learned = root.fixed.isEmpty();
    boolean symmetric = learned && isSymmetric();
    return new RangeSpec(
        root.fixed,
        root.form.bits(),
        nonNegative && !symmetric,
        symmetric ? Double.POSITIVE_INFINITY : atMost,
        symmetric,
        learned && root.form.powerOfTwo(),
        learned ? root.form.quantizer() : Optional.empty(),
        tensors);
  }
}
