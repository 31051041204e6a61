package dev.detent.runtime.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arrays of a file that belong together: those of one layer; a layer that holds an operation's and
 * a batch norm's, as Detent's do, is two groups.
 *
 * @param position among the groups of the file
 * @param layer the layer's name in the file
 * @param isBatchNorm whether they are a batch norm's
 * @param parts the arrays by part, in common words
 */
record SourceGroup(
    int position, String layer, boolean isBatchNorm, Map<String, SourceArray> parts) {

  /**
   * The groups of a file.
   *
   * @param arrays those whose layer or part is not known are left out
   */
  static List<SourceGroup> of(List<SourceArray> arrays) {
    Map<String, Set<String>> siblings = new LinkedHashMap<>();
    for (SourceArray array : arrays) {
      siblings.computeIfAbsent(array.layer(), layer -> new HashSet<>()).add(array.part());
    }
    Map<String, SourceGroup> groups = new LinkedHashMap<>();
    for (SourceArray array : arrays) {
      if (array.part().isEmpty()) {
        continue;
      }
      String part = PartNames.common(array.part(), siblings.getOrDefault(array.layer(), Set.of()));
      boolean isBatchNorm = PartNames.isBatchNorm(part);
      groups
          .computeIfAbsent(
              array.layer() + (isBatchNorm ? " batch norm" : ""),
              key ->
                  new SourceGroup(groups.size(), array.layer(), isBatchNorm, new LinkedHashMap<>()))
          .parts
          .putIfAbsent(part, array);
    }
    return new ArrayList<>(groups.values());
  }

  /** Whether it holds just what the model's group needs, in the same shapes. */
  boolean fits(ModelGroup wanted) {
    return parts.size() == wanted.parts().size()
        && wanted.parts().entrySet().stream()
            .allMatch(part -> fitting(part.getKey(), part.getValue().shape()).isPresent());
  }

  /** The array of a part, if it can fill a variable of that shape. */
  Optional<SourceArray> fitting(String part, int[] shape) {
    return Optional.ofNullable(parts.get(part)).filter(array -> array.fits(shape));
  }
}
