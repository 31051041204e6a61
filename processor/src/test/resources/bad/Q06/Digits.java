// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))
@interface OldAccelerator {}

@Model
@Quantize
@QuantizeConfig(activations = @Activations(symmetric = true))
@OldAccelerator
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
}
