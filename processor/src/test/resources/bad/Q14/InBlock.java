import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Model
@Quantize
class InBlock {
  @Input(shape = 4) Layer values;
  @Other Layer block;
}

@Block
@interface Other {
  class Layers {
    @Dense(units = 4) @Quantize(scheme = TfliteInt16x8.class) Layer dense;
  }
}
