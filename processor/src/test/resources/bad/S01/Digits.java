/*
 * A layer reads a tensor with another number of dimensions than it takes.
 *
 * Remedy: put the layer between them that changes the shape: `@Flatten`,
 * `@GlobalAveragePool2D` or `@Reshape`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) Layer conv;
  @Dense(units = 10) Layer logits;
}
