/*
 * The window of a convolution or pooling is larger than the image that it slides over.
 *
 * Remedy: use a smaller window, `padding = Padding.SAME`, or fewer strides and poolings above.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @MaxPool2D(poolSize = 8) Layer small;
  @Conv2D(filters = 8, kernelSize = {3, 5}) Layer conv;
}
