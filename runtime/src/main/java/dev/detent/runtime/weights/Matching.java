package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.Variables.Variable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds an array of the file for each variable of the model. */
final class Matching {
  /** What a batch norm of the layer {@code %s} is called, in the order in which they are tried. */
  private static final List<String> BATCH_NORM_NAMES =
      List.of(
          "%s",
          "%s_bn", "bn_%s", "%s_batch_norm", "%s_batchnorm", "%s_batch_normalization", "%s/bn");

  private static final String STATES = "/states";

  private final Collection<Variable> variables;
  private final List<SourceArray> arrays;
  private final List<ModelGroup> wanted;
  private final List<SourceGroup> offered;
  private final Map<Variable, SourceArray> found = new LinkedHashMap<>();
  private final Set<SourceArray> used = new LinkedHashSet<>();
  private final boolean isByOrder;

  private Matching(Collection<Variable> variables, List<SourceArray> arrays, boolean isByOrder) {
    this.isByOrder = isByOrder;
    this.variables = variables;
    this.arrays = arrays;
    wanted = ModelGroup.of(variables);
    offered = SourceGroup.of(arrays);
  }

  /**
   * Matches as the options say.
   *
   * @throws WeightException if they name a layer that there is not
   */
  static Matching of(
      Collection<Variable> variables, List<SourceArray> offered, ImportOptions options) {
    List<SourceArray> arrays = UnnamedArrays.named(offered);
    Matching byName = new Matching(variables, arrays, false);
    byName.takeMapped(options.names());
    if (options.by() != ImportOptions.By.ORDER) {
      byName.takeByName();
      if (options.by() == ImportOptions.By.NAME || byName.isComplete()) {
        return byName;
      }
    }
    Matching byOrder = new Matching(variables, arrays, true);
    byOrder.takeMapped(options.names());
    byOrder.takeByOrder();
    return byOrder;
  }

  private boolean isComplete() {
    return found.size() == variables.size();
  }

  private void takeMapped(Map<String, List<String>> names) {
    names.forEach(
        (layer, sources) -> {
          List<ModelGroup> groups =
              wanted.stream().filter(group -> group.layer().equals(layer)).toList();
          if (groups.isEmpty()) {
            throw new WeightException(
                "the model has no layer '%s' with weights; it has %s"
                    .formatted(layer, distinct(wanted.stream().map(ModelGroup::layer).toList())));
          }
          for (String source : sources) {
            if (offered.stream().noneMatch(group -> group.layer().equals(source))) {
              throw new WeightException(
                  "the file has no layer '%s'; it has %s"
                      .formatted(
                          source, distinct(offered.stream().map(SourceGroup::layer).toList())));
            }
          }
          for (ModelGroup group : groups) {
            offered.stream()
                .filter(offer -> sources.contains(offer.layer()))
                .filter(offer -> offer.isBatchNorm() == group.isBatchNorm())
                .forEach(offer -> take(group, offer));
          }
        });
  }

  private static List<String> distinct(List<String> names) {
    return names.stream().distinct().toList();
  }

  private void takeByName() {
    Map<String, SourceGroup> byLayer = new LinkedHashMap<>();
    for (SourceGroup offer : offered) {
      byLayer.putIfAbsent(key(offer.layer(), offer.isBatchNorm()), offer);
    }
    for (ModelGroup group : wanted) {
      List<String> names =
          group.isBatchNorm()
              ? BATCH_NORM_NAMES.stream().map(name -> name.replace("%s", group.layer())).toList()
              : List.of(group.layer(), withoutStates(group.layer()));
      for (String name : names) {
        SourceGroup offer = byLayer.get(key(name, group.isBatchNorm()));
        if (offer != null) {
          take(group, offer);
          break;
        }
      }
    }
  }

  /** A layer that yields its last state only has its weights in what yields all of them. */
  private static String withoutStates(String layer) {
    return layer.endsWith(STATES) ? layer.substring(0, layer.length() - STATES.length()) : layer;
  }

  /** Keras 3 allows no slash in a name, Keras 2 and TensorFlow do. */
  private static String key(String layer, boolean isBatchNorm) {
    return layer.toLowerCase(Locale.ROOT).replaceAll("[/.]", "_") + (isBatchNorm ? " bn" : "");
  }

  /** The first free layer of the file that has just these shapes, for each layer of the model. */
  private void takeByOrder() {
    for (ModelGroup group : wanted) {
      if (group.parts().values().stream().anyMatch(found::containsKey)) {
        continue;
      }
      offered.stream()
          .filter(offer -> offer.parts().values().stream().noneMatch(used::contains))
          .filter(offer -> offer.fits(group))
          .findFirst()
          .ifPresent(offer -> take(group, offer));
    }
  }

  /** What fits of a group; by name, a single array may not. */
  private void take(ModelGroup group, SourceGroup offer) {
    group
        .parts()
        .forEach(
            (part, variable) ->
                offer
                    .fitting(part, variable.shape())
                    .filter(array -> !found.containsKey(variable) && used.add(array))
                    .ifPresent(array -> found.put(variable, array)));
  }

  /** In words: {@code by name}. */
  String way() {
    return isByOrder ? "by the layers' order" : "by name";
  }

  /** Whether the places in the file have told which is which. */
  boolean isByOrder() {
    return isByOrder;
  }

  /** What was found, in no particular order. */
  Map<Variable, SourceArray> found() {
    return found;
  }

  /** What of the file nobody has taken. */
  List<SourceArray> leftOver() {
    return arrays.stream().filter(array -> !used.contains(array)).toList();
  }

  /** The places of the groups in the file, for each array that is in one. */
  Map<SourceArray, Integer> positions() {
    Map<SourceArray, Integer> positions = new LinkedHashMap<>();
    offered.forEach(
        group -> group.parts().values().forEach(array -> positions.put(array, group.position())));
    return positions;
  }
}
