/*
 * A class or field has two configurations, one of them perhaps through an annotation of the
 * user's own.
 *
 * Remedy: keep one, or write what both say into one.
 */
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
