import dev.detent.annotations.*;

@QuantizeConfig(activations = @Activations(symmetric = true))
@interface Symmetric {}

@Model
@Symmetric
class NothingQuantized {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
}
