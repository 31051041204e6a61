package dev.detent.runtime.internal.report;

import dev.detent.runtime.report.Comparison;
import java.util.Locale;

/** Numbers as a page has them. */
final class Figures {
  private Figures() {}

  /** A share: {@code 98.20 %}; a dash where there is none. */
  static String percent(double share) {
    return Double.isNaN(share) ? "-" : Comparison.percent(share);
  }

  /** Rounded down, so that 100.00 % is all of them. */
  static String percentDown(double share) {
    return percent(Math.floor(share * 10_000) / 10_000);
  }

  /** A share, or an error in the output's unit. */
  static String quality(boolean isAccuracy, double value) {
    return isAccuracy ? percent(value) : String.format(Locale.ROOT, "%.6g", value);
  }

  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, "%.3f ms", millis);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Some digits, as few as tell it. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
