import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

@Model
@Quantize
class Throwing {
  @Input(shape = 8) Layer x;
  @Dense(units = 4) @QuantizeConfig(layer = Checked.class) Layer checked;
  @Dense(units = 4) @QuantizeConfig(layer = Unchecked.class) Layer unchecked;

  static class Checked implements LayerQuantizer {
    Checked() throws Exception {}
  }

  static class Unchecked implements LayerQuantizer {
    Unchecked() throws IllegalStateException, NoSuchMethodError {}
  }
}
