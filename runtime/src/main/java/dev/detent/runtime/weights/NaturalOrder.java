package dev.detent.runtime.weights;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names with numbers as a reader counts them: {@code dense_2} before {@code dense_10}. */
final class NaturalOrder {
  private static final Pattern RUN = Pattern.compile("\\d+|\\D+");

  /** The order. */
  static final Comparator<String> OF_NAMES = NaturalOrder::compare;

  private NaturalOrder() {}

  private static int compare(String left, String right) {
    return Arrays.compare(runs(left), runs(right), NaturalOrder::compareRuns);
  }

  private static String[] runs(String name) {
    return RUN.matcher(name).results().map(MatchResult::group).toArray(String[]::new);
  }

  private static int compareRuns(String left, String right) {
    if (Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0))) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return left.compareTo(right);
  }
}
