package dev.detent.processor.placement;

import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.SchemeDeclaration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds what a scheme has that is like a layer that it lacks: layers whose names share words with
 * its name, as {@code MaxPool2D} with {@code GlobalAveragePool2D}, those with most of them first.
 */
final class Alternatives {
  /** At most this many are offered. */
  private static final int MOST = 3;

  private Alternatives() {}

  static List<String> of(OperationKind missing, SchemeDeclaration scheme) {
    Set<String> wanted = words(missing);
    record Candidate(String name, int shared) {}
    return Arrays.stream(OperationKind.values())
        .filter(kind -> kind != missing && scheme.has(kind))
        .map(kind -> new Candidate("@" + kind.annotation(), shared(wanted, words(kind))))
        .filter(candidate -> candidate.shared > 0)
        .sorted(
            Comparator.comparingInt(Candidate::shared).reversed().thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  private static int shared(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    return both.size();
  }

  /** {@code global}, {@code average}, {@code pool}: dimensions and other digits say nothing. */
  private static Set<String> words(OperationKind kind) {
    Set<String> words = new HashSet<>();
    for (String word : kind.annotation().replaceAll("\\d+D?", "").split("(?<=[a-z])(?=[A-Z])")) {
      words.add(word.toLowerCase(Locale.ROOT));
    }
    return words;
  }
}
