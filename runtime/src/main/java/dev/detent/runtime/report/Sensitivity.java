package dev.detent.runtime.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each layer's weights, or each tensor of activations, cost at fewer bits: one at a time is
 * switched, all else is float.
 *
 * @param model its name
 * @param kind what was switched
 * @param examples how many were evaluated
 * @param loss of the float model
 * @param accuracy of the float model; NaN where the targets are no classes
 * @param entries one for each layer and width, layers in order of data flow, widths descending
 */
public record Sensitivity(
    String model, Kind kind, long examples, double loss, double accuracy, List<Entry> entries) {

  /** What is switched to fewer bits. */
  public enum Kind {
    /** The kernel of one layer. */
    WEIGHTS,
    /** The tensors of one range. */
    ACTIVATIONS;

    private String plural() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The widths that are measured by default: what TFLite deploys, and two bits beside. */
  private static final List<Integer> DEFAULT_WIDTHS = List.of(8, 4, 2);

  /** Copies the list. */
  public Sensitivity {
    entries = List.copyOf(entries);
  }

  /** The widths that are measured by default. */
  public static List<Integer> defaultWidths() {
    return DEFAULT_WIDTHS;
  }

  /**
   * One layer at one width.
   *
   * @param layer its name; of activations that of their range, which is the name of the first layer
   *     that has it
   * @param values how many weights it has, or of one example the largest tensor of the range
   * @param bits of each of them
   * @param loss of the model with this layer at that width
   * @param accuracy of that model; NaN where the targets are no classes
   */
  public record Entry(String layer, long values, int bits, double loss, double accuracy) {
    /** What they take, packed: {@code values * bits / 8}, rounded up. */
    public long bytes() {
      return (values * bits + Byte.SIZE - 1) / Byte.SIZE;
    }
  }

  /**
   * Widths for all layers that take no more than so many bytes: from the widest measured, again and
   * again that layer goes to its next width which costs least loss for a byte saved, as if the
   * costs of layers added up (Pandey et al., 2023, "A Practical Mixed Precision Algorithm for
   * Post-Training Quantization", the second of its two phases).
   *
   * @param bytes of all weights of the measured layers, or of all activations of one example
   * @return the bits of each layer
   * @throws IllegalArgumentException if even the narrowest widths take more
   */
  public Map<String, Integer> assignment(long bytes) {
    Map<String, List<Entry>> choices = new LinkedHashMap<>();
    for (Entry entry : entries) {
      choices.computeIfAbsent(entry.layer, name -> new ArrayList<>()).add(entry);
    }
    long smallest = choices.values().stream().mapToLong(all -> last(all).bytes()).sum();
    if (smallest > bytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s of %s take %,d bytes at the narrowest widths measured; %,d are too few",
              kind.plural(),
              model,
              smallest,
              bytes));
    }
    long size = choices.values().stream().mapToLong(all -> all.get(0).bytes()).sum();
    while (size > bytes) {
      List<Entry> cheapest =
          choices.values().stream()
              .filter(all -> all.size() > 1)
              .min(Comparator.comparingDouble(Sensitivity::cost))
              .orElseThrow();
      size -= cheapest.get(0).bytes() - cheapest.get(1).bytes();
      cheapest.remove(0);
    }
    Map<String, Integer> bits = new LinkedHashMap<>();
    choices.forEach((layer, all) -> bits.put(layer, all.get(0).bits));
    return bits;
  }

  private static Entry last(List<Entry> entries) {
    return entries.get(entries.size() - 1);
  }

  /** The loss for a byte that the next narrower width saves; of no more than nothing it is 0. */
  private static double cost(List<Entry> narrowing) {
    Entry now = narrowing.get(0);
    Entry next = narrowing.get(1);
    double saved = Math.max(1, now.bytes() - next.bytes());
    return Math.max(0, next.loss - now.loss) / saved;
  }

  /** For each layer and width the bytes, and how loss and accuracy change. */
  public TextTable table() {
    boolean hasAccuracy = !Double.isNaN(accuracy);
    TextTable table =
        hasAccuracy
            ? TextTable.of(
                "layer", kind.plural(), "bits", "bytes", "loss change", "accuracy change, points")
            : TextTable.of("layer", kind.plural(), "bits", "bytes", "loss change");
    for (Entry entry : entries) {
      List<String> cells = new ArrayList<>();
      cells.add(entry.layer);
      cells.add(String.format(Locale.ROOT, "%,d", entry.values));
      cells.add(String.valueOf(entry.bits));
      cells.add(String.format(Locale.ROOT, "%,d", entry.bytes()));
      // What rounds to nothing has no sign of its own.
      double lost = Math.round((entry.loss - loss) * 1e4) / 1e4;
      cells.add(Double.isNaN(entry.loss) ? "NaN" : String.format(Locale.ROOT, "%+.4f", lost));
      if (hasAccuracy) {
        cells.add(Comparison.points(entry.accuracy - accuracy));
      }
      table.row(cells.toArray());
    }
    return table;
  }

  /** The {@link #table}, below what was measured. */
  @Override
  public String toString() {
    String head =
        String.format(
            Locale.ROOT,
            "%s on %,d examples, one layer's %s at a time; float: loss %.4f%s",
            model,
            examples,
            kind.plural(),
            loss,
            !Double.isNaN(accuracy)
                ? String.format(Locale.ROOT, ", accuracy %.2f%%", 100 * accuracy)
                : "");
    return head + System.lineSeparator() + table();
  }
}
