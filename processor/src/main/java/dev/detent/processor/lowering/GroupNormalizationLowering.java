package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.List;

/**
 * A group normalization: the values of each group become a row, which is centered, brought to
 * length 1, put back, and multiplied with {@code sqrt(size) * gamma}.
 *
 * <p>L2_NORMALIZATION has steps of 1/128. A long row is therefore cut into shorter ones: each is
 * brought to length 1, and multiplied with its length as a share of the whole row's. That share is
 * an L2_NORMALIZATION of the lengths, and the length of {@code c} is {@code c * c / |c|}.
 */
final class GroupNormalizationLowering {
  /** A row of up to so many values has 16 steps a deviation, and stays whole. */
  private static final int LONGEST_ROW = 64;

  /** Fewer values are no row: the lengths of almost all of them would be as long a row. */
  private static final int SHORTEST_ROW = 4;

  private static final List<Integer> SWAPPED = List.of(2, 1, 3);

  private GroupNormalizationLowering() {}

  static void lower(Parts parts) {
    Shape shape = parts.layer().output();
    int channels = shape.channels();
    int written = parts.get(AttributeKey.NORM_GROUPS);
    int groups = written == -1 ? channels : written;
    int size = (int) (shape.elements() / groups);
    Shape apart = Shape.of(size * groups / channels, groups, channels / groups);
    Shape together = Shape.of(groups, apart.size(0), apart.size(2));
    boolean isInOrder = groups == 1 || apart.size(0) == 1;

    String x = parts.input(0);
    if (!isInOrder) {
      x = parts.reshape("apart", x, apart);
      x = parts.add("together", OpCode.TRANSPOSE, together, AttributeKey.DIMS, SWAPPED, x);
    }
    String rows = parts.reshape("rows", x, Shape.of(groups, size));
    String mean = parts.mean("mean", rows);
    String centered = parts.add("centered", OpCode.SUB, parts.shape(rows), rows, mean);
    String unit = unit(parts, centered, groups, size);
    if (!isInOrder) {
      unit = parts.reshape("unitTogether", unit, together);
      unit = parts.add("unitApart", OpCode.TRANSPOSE, apart, AttributeKey.DIMS, SWAPPED, unit);
    }
    unit = parts.reshape("normalized", unit, shape);
    TableLowering.scaleAndShift(parts, unit, Math.sqrt(size));
  }

  private static String unit(Parts parts, String centered, int groups, int size) {
    double epsilon = parts.get(AttributeKey.EPSILON);
    int length = partLength(size);
    if (size <= LONGEST_ROW || length < SHORTEST_ROW) {
      return TableLowering.unit(parts, "unit", epsilon, centered);
    }
    int count = size / length;
    Shape cut = Shape.of(groups, count, length);
    String pieces = parts.reshape("pieces", centered, cut);
    String units = TableLowering.unit(parts, "units", epsilon, pieces);
    String products = parts.add("products", OpCode.MUL, cut, pieces, units);
    String lengths = parts.mean("lengths", products); // each divided by that many
    String row = parts.reshape("lengthsInARow", lengths, Shape.of(groups, count));
    // The squares of the lengths add up to those of all values, divided by length^2.
    String shares = TableLowering.unit(parts, "shares", epsilon / length, row);
    String column = parts.reshape("sharesInAColumn", shares, Shape.of(groups, count, 1));
    return parts.add("unit", OpCode.MUL, cut, units, column);
  }

  /** The largest divisor up to the square root. */
  private static int partLength(int size) {
    int length = (int) Math.sqrt(size);
    while (size % length != 0) {
      length--;
    }
    return length;
  }
}
