package dev.detent.runtime.quantizer;

import java.util.Map;
import java.util.Optional;

/**
 * A quantizer whose range is worked out on the JVM, from the histogram of all values of the
 * calibration. It stands in all training that follows.
 */
public abstract class HistogramQuantizer implements ActivationQuantizer {
  private static final String MIN = "min";
  private static final String MAX = "max";

  /** For subclasses. */
  protected HistogramQuantizer() {}

  /**
   * A range.
   *
   * @param min at most 0
   * @param max at least 0
   */
  public record Range(double min, double max) {}

  /**
   * The range for a tensor.
   *
   * @param site what is demanded; no variables and operations are needed here
   * @param histogram of its values, at least one and not all 0
   */
  protected abstract Range range(Site site, Histogram histogram);

  @Override
  public final Grid grid(Site site) {
    return Grid.between(
        site, new Bounds(site.state(MIN, site.isNonNegative() ? 0 : -1), site.state(MAX, 1)));
  }

  @Override
  public final Optional<Calibration> calibration(Site site) {
    Histogram histogram = new Histogram(site.isNonNegative());
    return Optional.of(
        new Calibration() {
          @Override
          public void accept(float[] values) {
            histogram.add(values);
          }

          @Override
          public Map<String, float[]> result() {
            Range range = histogram.width() == 0 ? new Range(0, 0) : range(site, histogram);
            double max = Math.min(range.max, site.upperBound());
            return Map.of(
                MIN, new float[] {(float) Math.min(0, range.min)},
                MAX, new float[] {(float) Math.max(0, max)});
          }
        });
  }
}
