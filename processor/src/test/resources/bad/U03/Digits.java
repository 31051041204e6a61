/*
 * A layer has two activations.
 *
 * Remedy: remove one; one after the other needs two fields.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @Relu @Relu6 Layer conv;
}
