/*
 * A batch norm on the field of an operation is deployed as part of its kernel and bias, and this
 * operation has none.
 *
 * Remedy: write `@BatchNorm` on the field of the convolution or dense layer that it follows, or
 * on a field of its own.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @MaxPool2D @BatchNorm Layer pool;
}
