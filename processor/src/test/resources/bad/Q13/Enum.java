import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "an enum")
enum Chip {}

@Quantize(scheme = Chip.class)
@interface ForChip {}

@Model
@ForChip
class Enum {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) Layer dense;
}

@Model
@Quantize(scheme = int[].class)
class Array {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) Layer dense;
}
