import dev.detent.annotations.*;

@QuantizeConfig(bits = 2)
@interface TwoBit {}

@Model
@Quantize
class Widths {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) @QuantizeConfig(weights = @Weights(bits = 4)) Layer a;
  @Dense(units = 4) @QuantizeConfig(activations = @Activations(bits = 16)) Layer b;
  @Dense(units = 4) @QuantizeConfig(bits = 16, weights = @Weights(bits = 4)) Layer c;
  @Dense(units = 4) @TwoBit Layer d;
}
