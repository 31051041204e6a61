package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.Variables.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    for (Variable variable : wanted) {
      SourceArray array = matching.found().get(variable);
      if (array != null && !Arrays.equals(array.shape(), variable.shape())) {
        remarks.put(variable, "as " + Arrays.toString(variable.shape()));
      }
    }
    if (matching.isByOrder()) {
      remarkPlaces(false);
      remarkPlaces(true);
    }
  }

  /** Marks as few as can be so that the others stand in the file in the model's order. */
  private void remarkPlaces(boolean batchNorms) {
    Map<SourceArray, Integer> positions = matching.positions();
    Map<Variable, Integer> placed = new LinkedHashMap<>();
    for (Variable variable : wanted) {
      SourceArray array = matching.found().get(variable);
      Integer position = array == null ? null : positions.get(array);
      if (position != null
          && PartNames.isBatchNorm(PartNames.partOf(variable.name())) == batchNorms) {
        placed.put(variable, position);
      }
    }
    boolean[] isInOrder =
        longestAscent(placed.values().stream().mapToInt(Integer::intValue).toArray());
    int i = 0;
    for (Variable variable : placed.keySet()) {
      if (!isInOrder[i++]) {
        remarks.put(variable, "listed elsewhere in the file");
      }
    }
  }

  /** Which of some numbers make the longest sequence that does not fall. */
  private static boolean[] longestAscent(int[] numbers) {
    int[] length = new int[numbers.length];
    int[] before = new int[numbers.length];
    int last = -1;
    for (int i = 0; i < numbers.length; i++) {
      before[i] = -1;
      length[i] = 1;
      for (int j = 0; j < i; j++) {
        if (numbers[j] <= numbers[i] && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          before[i] = j;
        }
      }
      if (last < 0 || length[i] > length[last]) {
        last = i;
      }
    }
    boolean[] isChosen = new boolean[numbers.length];
    for (int i = last; i >= 0; i = before[i]) {
      isChosen[i] = true;
    }
    return isChosen;
  }

  /** What is unusual about a variable's array; empty if nothing is. */
  String remark(Variable variable) {
    return remarks.getOrDefault(variable, "");
  }

  /** Why a variable found nothing. */
  String missing(Variable variable) {
    String part = PartNames.partOf(variable.name());
    String layer = PartNames.layerOf(variable.name());
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
        .findFirst();
  }

  private boolean hasNoBias(String layer) {
    return matching.leftOver().stream()
        .noneMatch(array -> array.layer().equals(layer) && same(array, PartNames.BIAS));
  }

  private static boolean same(SourceArray array, String part) {
    return PartNames.common(array.part(), Set.of()).equals(part);
  }

  /** Why an array found no variable. */
  String leftOver(SourceArray array) {
    if (array.part().isEmpty()) {
      return "the file does not say what it is";
    }
    boolean isShapeKnown =
        wanted.stream()
            .filter(variable -> same(array, PartNames.partOf(variable.name())))
            .anyMatch(variable -> array.fits(variable.shape()));
    String what = PartNames.plain(array.part());
    return isShapeKnown
        ? "the model has no free " + what + " of this shape"
        : "the model has no " + what + " of this shape";
  }
}
