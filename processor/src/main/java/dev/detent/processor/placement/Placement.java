package dev.detent.processor.placement;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.LoweredModel;
import dev.detent.processor.ir.PlacedModel;
import java.util.Optional;

/** {@link LoweredModel} to {@link PlacedModel}. */
public final class Placement {

  /** The model with quantization; empty if the scheme cannot do it, which is then reported. */
  public Optional<PlacedModel> place(LoweredModel model, Reporter reporter) {
    int before = reporter.errors();
    EightBitScheme.check(model, reporter);
    return reporter.errors() > before
        ? Optional.empty()
        : Optional.of(new TensorPlacement(model, reporter).place());
  }
}
