package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.Calibration;
import dev.detent.runtime.quantizer.HistogramQuantizer;
import dev.detent.runtime.quantizer.MinMaxQuantizer;
import dev.detent.runtime.quantizer.Quantizer;
import dev.detent.runtime.quantizer.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A site whose quantizer may work on the JVM during a calibration, and what it looks at. */
public final class HostSite {
  private final QuantizerSite site;
  private final Quantizer quantizer;
  private final List<Operand<TFloat32>> tensors;

  HostSite(QuantizerSite site, Quantizer quantizer, List<Operand<TFloat32>> tensors) {
    this.site = site;
    this.quantizer = quantizer;
    this.tensors = tensors;
  }

  /** The weight's or the range's name. */
  public String name() {
    return site.name();
  }

  /** Whether this is a weight, the same in all batches. */
  public boolean isWeight() {
    return site.role() == Site.Role.WEIGHT;
  }

  /** The real values that the calibration takes of each batch. */
  public List<Operand<TFloat32>> tensors() {
    return tensors;
  }

  /**
   * A new calibration; empty where all is computed in the graph.
   *
   * @param ranges finds the ranges that are else the smallest and the largest value; null to leave
   *     them that
   */
  public Optional<Calibration> calibration(@Nullable HistogramQuantizer ranges) {
    return ranges != null && quantizer instanceof MinMaxQuantizer
        ? ranges.calibration(site)
        : quantizer.calibration(site);
  }

  /** What fits the range of such a calibration to the site's demands; nothing elsewhere. */
  public List<Update> fitting() {
    return quantizer instanceof MinMaxQuantizer minMax ? site.fitted(minMax) : List.of();
  }

  /**
   * Sets the variables to what a calibration found.
   *
   * @throws IllegalArgumentException if it names a variable that the site does not have
   */
  public void set(Variables variables, Map<String, float[]> result) {
    result.forEach(
        (name, values) -> {
          Variables.Variable variable = site.variables().get(name);
          if (variable == null) {
            throw new IllegalArgumentException(
                "the calibration of '"
                    + name()
                    + "' sets '"
                    + name
                    + "', which its quantizer does not have; there are "
                    + site.variables().keySet());
          }
          variables.write(variable, values);
        });
  }
}
