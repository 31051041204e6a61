/*
 * The output that a transposed convolution is to have cannot come from its input, as the same
 * convolution over it would yield another size, or it is less than the strides, on which XNNPACK
 * writes outside its memory.
 *
 * Remedy: use an `outputPadding` less than the strides.
 */
import dev.detent.annotations.*;

@Model
class Enlarged {
  @Input(shape = {7, 7, 4}) Layer image;
  @Conv2DTranspose(filters = 8, kernelSize = 3, strides = 2, outputPadding = 2) Layer wide;
}
