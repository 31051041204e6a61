/*
 * Layers read each other in a circle. A network without memory has none.
 *
 * Remedy: break the circle: let one of the layers read a layer above it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 8}) Layer image;
  @Add({"image", "conv"}) Layer sum;
  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) Layer conv;
}
