package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One {@link ActivationRange} in one pass: its grid, and what it has seen. */
public final class RangeNodes {
  private final ActivationRange range;
  private final ActivationQuantizer quantizer;
  private final QuantizerSite site;
  private final Grid grid;
  private final List<Operand<TFloat32>> observed = new ArrayList<>();

  /**
   * A range in a pass.
   *
   * @param range that its quantizer does not leave float
   * @param shape of the first tensor
   * @param smallest the smallest scale that the kernels take; empty where they take any
   */
  RangeNodes(
      PassBuilder graph,
      Ops tf,
      ActivationRange range,
      int[] shape,
      Optional<Operand<TFloat32>> smallest) {
    this.range = range;
    quantizer = range.quantizerFactory().get();
    Ops scoped = tf.withSubScope("range_" + Tensors.scopeName(range.name()));
    site =
        new QuantizerSite(
            graph,
            scoped,
            QuantizerSite.Demand.of(range, shape),
            Optional.empty(),
            ChannelAxes.none(shape.length));
    if (range.fixed().isEmpty()) {
      site.declareSeen();
    }
    Grid free = site.grid(quantizer);
    grid = smallest.map(free::atLeast).orElse(free);
  }

  /** The range. */
  public ActivationRange range() {
    return range;
  }

  /** The size of one step. */
  public Operand<TFloat32> scale() {
    return grid.scale();
  }

  /** The signed integer that stands for 0, as a float. */
  public Operand<TFloat32> zeroPoint() {
    return grid.zeroPoint();
  }

  /** Whether the quantization clips all that a ReLU or ReLU6 in front would. */
  boolean endsAtKnownBounds() {
    return grid.endsAtKnownBounds();
  }

  /** Whether gradients train the grid. */
  boolean isTrained() {
    return site.variables().values().stream()
        .anyMatch(variable -> variable.role() == Variables.Role.QUANTIZER);
  }

  /** {@code x} clipped to the range and rounded to its grid, with its quantizer's gradient. */
  Operand<TFloat32> fakeQuantize(Operand<TFloat32> x) {
    return quantizer.quantize(site, grid, x);
  }

  /** Remembers a tensor whose values the range must hold. */
  void observe(Operand<TFloat32> x) {
    observed.add(x);
  }

  /** What the calibration works out on the JVM. */
  HostSite hostSite() {
    return new HostSite(site, quantizer, List.copyOf(observed));
  }

  /** What brings the range up to date; empty where nothing was observed. */
  List<Update> updates() {
    if (range.fixed().isPresent() || observed.isEmpty()) {
      return List.of();
    }
    return site.observed(quantizer, observed);
  }
}
