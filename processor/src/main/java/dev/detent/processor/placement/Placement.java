package dev.detent.processor.placement;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.model.QuantizationConfig;
import java.util.Map;
import java.util.Optional;

/** {@link LoweredModel} to {@link PlacedModel}. */
public final class Placement {

  /** Reports what the scheme cannot do of a model that is not whole. */
  public void check(LoweredModel model, Reporter reporter) {
    new SchemeResolution(model, reporter).resolve();
  }

  /** The model with quantization; empty if the scheme cannot do it, which is then reported. */
  public Optional<PlacedModel> place(LoweredModel model, Reporter reporter) {
    int before = reporter.errors();
    Map<String, QuantizationConfig> configs = new SchemeResolution(model, reporter).resolve();
    if (reporter.errors() > before) {
      return Optional.empty();
    }
    PlacedModel placed = new TensorPlacement(model, configs, reporter).place();
    return reporter.errors() > before ? Optional.empty() : Optional.of(placed);
  }
}
