package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.train.Inference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The float values of a layer, counted on the grid that the deployed model has for them: each bar
 * is a whole number of steps, and bars beyond the grid hold what it cuts away.
 *
 * @param layer its name
 * @param shape of its output, without the batch
 * @param grid scale, zero point and bits
 * @param min the smallest value
 * @param max the largest value
 * @param outside the share of values that the grid cuts away, 0 to 1
 * @param stepsPerBar how many steps of the grid a bar has
 * @param first the middle of the first bar, in the layer's unit
 * @param shares of all values, bar by bar
 */
public record LayerRange(
    String layer,
    List<Integer> shape,
    Encoding grid,
    float min,
    float max,
    double outside,
    int stepsPerBar,
    double first,
    List<Double> shares) {

  /** Bars inside of the grid, if it has as many steps. */
  private static final int BARS = 64;

  /** Bars on either side of the grid; the outermost has all that lies beyond it, too. */
  private static final int BARS_BESIDE = 12;

  /** Copies the lists. */
  public LayerRange {
    shape = List.copyOf(shape);
    shares = List.copyOf(shares);
  }

  /** The smallest number on the grid. */
  float lowest() {
    return grid.dequantize(-(1 << (grid.bits() - 1)));
  }

  /** The largest number on the grid. */
  float highest() {
    return grid.dequantize((1 << (grid.bits() - 1)) - 1);
  }

  /** The width of a bar in the layer's unit. */
  double barWidth() {
    return (double) stepsPerBar * grid.scale();
  }

  /**
   * Counts the values of the float pass.
   *
   * @param grids of the layers that are quantized, by name
   * @param examples at least one
   * @return in the order of the data flow
   */
  public static List<LayerRange> measure(
      ModelGraph graph, Map<String, Encoding> grids, Examples examples) {
    PassGraph pass = graph.pass(Pass.FLOAT);
    List<Tally> tallies = new ArrayList<>();
    for (LayerTensor tensor : pass.tensors().values()) {
      Encoding grid = grids.get(tensor.name());
      if (grid != null) {
        tallies.add(new Tally(tensor, grid));
      }
    }
    if (tallies.isEmpty()) {
      return List.of();
    }
    List<String> names = tallies.stream().map(tally -> tally.tensor.name()).toList();
    Inference.run(
        graph,
        examples,
        List.of(new Inference.Query(Pass.FLOAT, names)),
        (batch, values) -> {
          for (int i = 0; i < tallies.size(); i++) {
            tallies.get(i).add(values.get(0).get(i));
          }
        });
    return tallies.stream().map(Tally::range).toList();
  }

  /** Counts. */
  private static final class Tally {
    final LayerTensor tensor;
    private final Encoding grid;
    private final int stepsPerBar;
    private final long[] counts;
    private long total;
    private long outside;
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;

    Tally(LayerTensor tensor, Encoding grid) {
      this.tensor = tensor;
      this.grid = Objects.requireNonNull(grid);
      int steps = 1 << grid.bits();
      stepsPerBar = Math.max(1, steps / BARS);
      counts = new long[steps / stepsPerBar + 2 * BARS_BESIDE];
    }

    void add(float[] values) {
      int half = 1 << (grid.bits() - 1);
      for (float value : values) {
        if (!Float.isFinite(value)) {
          continue;
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        // Counted from the lower edge of the lowest step: a step reaches half its width around it.
        double step = (double) value / grid.scale() + grid.zeroPoint() + half + 0.5;
        outside += step < 0 || step > 2.0 * half ? 1 : 0;
        double bar = Math.floor(step / stepsPerBar) + BARS_BESIDE;
        counts[(int) Math.max(0, Math.min(counts.length - 1, bar))]++;
        total++;
      }
    }

    /** Empty bars beside the grid are left out. */
    LayerRange range() {
      int from = 0;
      while (from < BARS_BESIDE && counts[from] == 0) {
        from++;
      }
      int to = counts.length;
      while (to > counts.length - BARS_BESIDE && counts[to - 1] == 0) {
        to--;
      }
      double lowestEdge = (-(1 << (grid.bits() - 1)) - grid.zeroPoint() - 0.5) * grid.scale();
      double width = (double) stepsPerBar * grid.scale();
      return new LayerRange(
          tensor.name(),
          Arrays.stream(tensor.shape()).boxed().toList(),
          grid,
          total == 0 ? 0 : min,
          total == 0 ? 0 : max,
          total == 0 ? 0 : (double) outside / total,
          stepsPerBar,
          lowestEdge + (from - BARS_BESIDE + 0.5) * width,
          Arrays.stream(counts, from, to).mapToObj(count -> share(count, total)).toList());
    }

    private static double share(long count, long total) {
      return total == 0 ? 0 : (double) count / total;
    }
  }
}
