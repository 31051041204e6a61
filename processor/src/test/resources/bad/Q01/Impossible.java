import dev.detent.annotations.*;

@Model
@Quantize
class Impossible {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) @QuantizeConfig(weights = @Weights(bits = 1)) Layer narrow;
  @Dense(units = 4) @QuantizeConfig(activations = @Activations(bits = 17)) Layer wide;
}
