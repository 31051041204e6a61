import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "asymmetric", activations = @ActivationRule(symmetric = false))
interface AlwaysLearned {}

@Model
@Quantize(scheme = AlwaysLearned.class)
@QuantizeConfig(activations = @Activations(symmetric = true))
class Asymmetric {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) Layer dense;
}
