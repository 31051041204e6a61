/*
 * A configuration says how a layer is quantized that is not quantized.
 *
 * Remedy: annotate the class or the layer with `@Quantize`, or remove the configuration.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(activations = @Activations(symmetric = true)) Layer logits;
}
