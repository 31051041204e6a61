/*
 * A `@Dropout` acts in training only. The deployed model has no tensor for it.
 *
 * Remedy: annotate the layer that it reads.
 */
import dev.detent.annotations.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dropout(rate = 0.1) @KeepFloat Layer dropped;
  @Dense(units = 10) Layer logits;
}
