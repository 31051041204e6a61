package dev.detent.runtime.train;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names some layers with weights: a field's name, with {@code *} for any letters. A name without
 * {@code *} is a block's, too, and then means all layers in it.
 */
public final class LayerPattern {
  private LayerPattern() {}

  /** Tells which layers' names fit. */
  static Predicate<String> of(String pattern) {
    String expression =
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(expression + "(/.*)?").asMatchPredicate();
  }

  /** The layer that a variable belongs to. */
  static String layerOf(String variable) {
    return variable.substring(0, Math.max(0, variable.lastIndexOf('/')));
  }

  /**
   * The layers that fit.
   *
   * @throws IllegalArgumentException if none does
   */
  public static Set<String> select(Collection<String> layers, List<String> patterns) {
    Set<String> selected = new TreeSet<>();
    for (String pattern : patterns) {
      List<String> fitting = layers.stream().filter(of(pattern)).toList();
      if (fitting.isEmpty()) {
        throw new IllegalArgumentException(
            "no layer with weights fits '" + pattern + "'; there are " + new TreeSet<>(layers));
      }
      selected.addAll(fitting);
    }
    return selected;
  }
}
