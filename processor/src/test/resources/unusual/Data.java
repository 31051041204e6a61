import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

/** A class of the unnamed package, which cannot be written in full, named like a nested one. */
@Model
@Quantize
class Data {
  @Input(shape = 8) Layer left;
  @Input(shape = 8) Layer right;
  @Add({"left", "right"}) Layer sum;
  @Dense(units = 4) @QuantizeConfig(layer = Data.Nested.class) Layer nested;
  @Dense(units = 4) @Output Layer first;
  @Dense(units = 4) @Output Layer second;

  static class Nested implements LayerQuantizer {}
}
