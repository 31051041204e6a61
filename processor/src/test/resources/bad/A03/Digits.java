/*
 * A convolution has strides and a dilation. Neither Keras nor TensorFlow computes both at
 * once.
 *
 * Remedy: set one of them to 1.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, strides = 2, dilationRate = 2) Layer conv;
}
