/*
 * `@KeepFloat` takes a layer out of a quantized model, but this model is not quantized as a
 * whole.
 *
 * Remedy: annotate the class with `@Quantize`, or remove `@KeepFloat`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @KeepFloat Layer logits;
}
