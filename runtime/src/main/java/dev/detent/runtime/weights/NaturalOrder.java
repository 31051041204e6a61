package dev.detent.runtime.weights;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names with numbers as a reader counts them: {@code dense_2} before {@code dense_10}. */
final class NaturalOrder {
  private static final Pattern RUN = Pattern.compile("\\d+|\\D+");

  /** The order. */
  static final Comparator<String> OF_NAMES = NaturalOrder::compare;

  private NaturalOrder() {}

  private static int compare(String left, String right) {
    Matcher a = RUN.matcher(left);
    Matcher b = RUN.matcher(right);
    while (true) {
      boolean more = a.find();
      if (!b.find()) {
        return more ? 1 : 0;
      }
      if (!more) {
        return -1;
      }
      int order = compareRuns(a.group(), b.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int compareRuns(String left, String right) {
    if (Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0))) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return left.compareTo(right);
  }
}
