package dev.detent.runtime.train;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.quantizer.Encoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The values of a tensor or of one of its features, and what rounding does to them. */
final class Span {
  float min = Float.POSITIVE_INFINITY;
  float max = Float.NEGATIVE_INFINITY;
  private double origin;
  private double sum;
  private double squares;
  private double errors;
  private double errorSquares;
  private long count;
  private float common;
  private long votes;
  private long same;

  /** So many, of no value yet. */
  static Span[] empty(int count) {
    Span[] spans = new Span[count];
    Arrays.setAll(spans, i -> new Span());
    return spans;
  }

  /**
   * Adds what tensors yield in the float graph.
   *
   * @param grids the scale and zero point of each tensor, by its name
   * @param spans of each tensor that is looked at, one for each value of its last axis, or one
   */
  static void measure(
      ModelGraph graph, Examples examples, Map<String, Encoding> grids, Map<String, Span[]> spans) {
    if (spans.isEmpty()) {
      return;
    }
    List<String> names = List.copyOf(spans.keySet());
    List<Span[]> all = List.copyOf(spans.values());
    Inference.run(
        graph,
        examples,
        List.of(new Inference.Query(Pass.FLOAT, names)),
        (batch, values) -> {
          for (int i = 0; i < names.size(); i++) {
            Span[] features = all.get(i);
            Encoding grid = Objects.requireNonNull(grids.get(names.get(i)));
            float[] yielded = values.get(0).get(i);
            for (int k = 0; k < yielded.length; k++) {
              features[k % features.length].add(yielded[k], grid);
            }
          }
        });
  }

  void add(float value, Encoding grid) {
    if (count == 0) {
      origin = value; // keeps the squares small where values are far from 0
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    double x = value - origin;
    sum += x;
    squares += x * x;
    double error = (double) value - grid.dequantize(grid.quantize(value));
    errors += error;
    errorSquares += error * error;
    count++;
    vote(value);
  }

  /** Boyer and Moore's majority vote. */
  private void vote(float value) {
    if (votes == 0) {
      common = value;
      same = 0;
    }
    votes += value == common ? 1 : -1;
    same += value == common ? 1 : 0;
  }

  /** As a pixel at the border or a flag that is seldom set: few steps do for such a feature. */
  boolean isMostlyOneValue() {
    return 2 * same > count;
  }

  /** How many steps it covers. */
  double steps(Encoding grid) {
    return ((double) max - min) / grid.scale();
  }

  /** What rounding adds to the variance; a shift that all values have alike does no harm. */
  double noiseShare() {
    double variance = squares / count - Math.pow(sum / count, 2);
    double noise = errorSquares / count - Math.pow(errors / count, 2);
    return variance > 0 ? noise / variance : 0;
  }

  /** How many bits more a range of its own would have. */
  long lostBits(Encoding grid) {
    double own = (Math.max(max, 0.0) - Math.min(min, 0.0)) / grid.scale();
    double whole = (1 << grid.bits()) - 1;
    return Math.max(0, Math.min(grid.bits(), Math.round(Math.log(whole / own) / Math.log(2))));
  }

  /** All features as one. */
  static Span of(Span[] features) {
    if (features.length == 1) {
      return features[0];
    }
    Span all = new Span();
    all.origin = features[0].origin;
    for (Span each : features) {
      double shift = each.origin - all.origin;
      all.min = Math.min(all.min, each.min);
      all.max = Math.max(all.max, each.max);
      all.squares += each.squares + 2 * shift * each.sum + each.count * shift * shift;
      all.sum += each.sum + each.count * shift;
      all.errors += each.errors;
      all.errorSquares += each.errorSquares;
      all.count += each.count;
    }
    return all;
  }
}
