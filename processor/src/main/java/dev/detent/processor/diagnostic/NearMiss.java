package dev.detent.processor.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that a misspelt one may have meant. */
public final class NearMiss {
  /** At most this many names are offered. */
  public static final int MOST = 3;

  private NearMiss() {}

  /**
   * The end of a sentence about a misspelt name.
   *
   * @return {@code "; did you mean 'a' or 'b'?"}, or just {@code "."} if no name is near
   */
  public static String question(String misspelt, Collection<String> names) {
    List<String> near = of(misspelt, names);
    if (near.isEmpty()) {
      return ".";
    }
    return "; did you mean '" + String.join("' or '", near) + "'?";
  }

  /** The nearest names, nearest first, at most {@link #MOST}. */
  public static List<String> of(String misspelt, Collection<String> names) {
    int limit = Math.max(1, misspelt.length() / 3);
    record Candidate(String name, int distance) {}
    List<Candidate> near = new ArrayList<>();
    for (String name : names) {
      int distance =
          name.equalsIgnoreCase(misspelt)
              ? 0
              : distance(misspelt.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), limit);
      if (distance <= limit) {
        near.add(new Candidate(name, distance));
      }
    }
    near.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
    return near.stream().limit(MOST).map(Candidate::name).toList();
  }

  /** Insertions, deletions, replacements and swaps of neighbours; above the limit, any number. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
