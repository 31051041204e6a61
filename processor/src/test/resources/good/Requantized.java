import dev.detent.annotations.*;

/** What cannot share the range of a concatenation is requantized, once for all that need it. */
@Model
@Quantize
class Requantized {
  @Input(shape = 6) Layer values;
  @Dense(units = 4) Layer logits;
  @Softmax Layer probabilities;
  @Dense(units = 4) @QuantizeConfig(activations = @Activations(symmetric = true)) Layer symmetric;
  @Concat({"logits", "probabilities", "symmetric"}) Layer merged;
  @Concat({"probabilities", "merged"}) Layer again;
}
