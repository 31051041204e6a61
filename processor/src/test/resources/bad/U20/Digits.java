/*
 * A note, printed with `-Adetent.notes=true`: a batch norm on a field of its own was folded into
 * the layer with weights that it reads, which costs nothing in the deployed model.
 *
 * Remedy: none is needed.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 28) Layer conv;
  @Flatten Layer flat;
  @BatchNorm @Relu Layer norm;
}
