package dev.detent.runtime.weights;

import dev.detent.runtime.graph.Variables.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Why something did not fit, or is unusual, in words. */
final class Reasons {
  private final Matching matching;
  private final List<Variable> wanted;
  private final Map<Variable, String> remarks = new HashMap<>();

  Reasons(List<Variable> wanted, Matching matching) {
    this.wanted = wanted;
    this.matching = matching;
    remark();
  }

  private void remark() {
    Map<SourceArray, Integer> positions = matching.positions();
    Map<Boolean, Integer> furthest = new HashMap<>();
    for (Variable variable : wanted) {
      SourceArray array = matching.found().get(variable);
      if (array == null) {
        continue;
      }
      if (!Arrays.equals(array.shape(), variable.shape())) {
        remarks.put(variable, "as " + Arrays.toString(variable.shape()));
      }
      Integer position = positions.get(array);
      boolean isBatchNorm = PartNames.isBatchNorm(ModelGroup.partOf(variable));
      if (position != null) {
        if (matching.isByOrder() && position < furthest.getOrDefault(isBatchNorm, -1)) {
          remarks.put(variable, "listed elsewhere in the file");
        }
        furthest.merge(isBatchNorm, position, Math::max);
      }
    }
  }

  /** What is unusual about a variable's array; empty if nothing is. */
  String remark(Variable variable) {
    return remarks.getOrDefault(variable, "");
  }

  /** Why a variable found nothing. */
  String missing(Variable variable) {
    String part = ModelGroup.partOf(variable);
    String layer = ModelGroup.layerOf(variable);
    Optional<SourceArray> ofLayer =
        matching.leftOver().stream()
            .filter(array -> array.layer().equals(layer) && same(array, part))
            .findFirst();
    if (ofLayer.isPresent()) {
      return "'" + ofLayer.get().name() + "' has the shape " + ofLayer.get().shapeText();
    }
    if (part.equals(PartNames.BIAS)) {
      Optional<SourceArray> kernel = kernelOfSameShape(layer);
      if (kernel.isPresent()) {
        return "'"
            + kernel.get().layer()
            + "' has such a kernel but no bias: write useBias = false";
      }
    }
    long known = matching.found().values().stream().filter(array -> same(array, part)).count();
    List<String> others =
        matching.leftOver().stream()
            .filter(array -> same(array, part))
            .map(array -> array.name() + " " + array.shapeText())
            .limit(2)
            .toList();
    if (!others.isEmpty()) {
      return "left over: " + String.join(", ", others);
    }
    return known == 0 ? "the file has no " + part : "the file has no further " + part;
  }

  /** A free kernel of the shape that the layer's has. */
  private Optional<SourceArray> kernelOfSameShape(String layer) {
    return wanted.stream()
        .filter(variable -> variable.name().equals(layer + "/" + PartNames.KERNEL))
        .flatMap(
            kernel ->
                matching.leftOver().stream()
                    .filter(array -> same(array, PartNames.KERNEL))
                    .filter(array -> array.fits(kernel.shape()))
                    .filter(array -> hasNoBias(array.layer())))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private boolean hasNoBias(String layer) {
    return matching.leftOver().stream()
        .noneMatch(array -> array.layer().equals(layer) && same(array, PartNames.BIAS));
  }

  private static boolean same(SourceArray array, String part) {
    return PartNames.common(array.part(), java.util.Set.of()).equals(part);
  }

  /** Why an array found no variable. */
  String leftOver(SourceArray array) {
    boolean isShapeKnown =
        wanted.stream()
            .filter(variable -> array.part().isEmpty() || same(array, ModelGroup.partOf(variable)))
            .anyMatch(variable -> array.fits(variable.shape()));
    String what = array.part().isEmpty() ? "array" : PartNames.plain(array.part());
    return isShapeKnown
        ? "the model has no free " + what + " of this shape"
        : "the model has no " + what + " of this shape";
  }
}
