// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "small chip", fuses = {BatchNorm.class, Relu.class})
interface SmallChip {}

@Model
@Quantize(scheme = SmallChip.class)
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @BatchNorm @Relu6 Layer conv;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
}
