// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
@Quantize
class Normalized {
  @Input(shape = {16, 32}) Layer sequence;
  @LayerNorm Layer norm;
  @Dense(units = 8) Layer dense;
}
