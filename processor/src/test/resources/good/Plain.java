import dev.detent.annotations.*;

/** A model that is not quantized at all. */
@Model
class Plain {
  @Input(shape = {8, 8, 1}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @BatchNorm @Relu Layer conv;
  @AveragePool2D Layer pool;
  @Flatten Layer flat;
  @Dense(units = 3) Layer logits;
}
