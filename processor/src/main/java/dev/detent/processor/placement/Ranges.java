package dev.detent.processor.placement;

import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.RangeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the tensors of each range once all ties are known. */
final class Ranges {
  private Ranges() {}

  /**
   * The ranges in order of data flow, by the group that stands for each.
   *
   * @param operations all that were placed
   * @param group of a tensor, null if it is float
   * @param bounds of a tensor
   */
  static Map<RangeGroup, RangeSpec> of(
      List<Operation> operations,
      Function<String, @Nullable RangeGroup> group,
      Function<String, ValueBounds> bounds) {
    Map<RangeGroup, List<String>> members = new LinkedHashMap<>();
    for (Operation operation : operations) {
      RangeGroup own = group.apply(operation.name());
      if (own != null) {
        members.computeIfAbsent(own.root(), root -> new ArrayList<>()).add(operation.name());
      }
    }
    Map<RangeGroup, RangeSpec> ranges = new LinkedHashMap<>();
    members.forEach(
        (root, names) ->
            ranges.put(
                root,
                root.spec(
                    names,
                    names.stream().map(bounds).allMatch(ValueBounds::nonNegative),
                    names.stream()
                        .map(bounds)
                        .mapToDouble(ValueBounds::atMost)
                        .max()
                        .orElse(Double.POSITIVE_INFINITY))));
    return ranges;
  }
}
