/*
 * A layer reads a tensor with another number of dimensions than it takes.
 *
 * Remedy: put the layer between them that changes the shape: `@Flatten`,
 * `@GlobalAveragePool2D` or `@Reshape`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) Layer pixels;
  @Conv2D(filters = 8, kernelSize = 3) Layer conv;
  @Flatten Layer flat;
}
