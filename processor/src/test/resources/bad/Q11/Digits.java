// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "small chip", without = {AveragePool2D.class, Softmax.class})
interface SmallChip {}

@Model
@Quantize(scheme = SmallChip.class)
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @AveragePool2D(poolSize = 2) Layer pool;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
  @Softmax Layer probabilities;
}
