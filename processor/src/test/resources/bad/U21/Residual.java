/*
 * A note, printed with `-Adetent.notes=true`: a batch norm on a field of its own stays two
 * operations in the deployed model, and why.
 *
 * Remedy: none is needed. To have it folded, let it stand directly behind a convolution or dense
 * layer that nothing else reads.
 */
import dev.detent.annotations.*;

@Model
class Residual {
  @Input(shape = {28, 28, 8}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) Layer conv;
  @Add({"image", "conv"}) Layer sum;
  @BatchNorm @Relu Layer norm;
}
