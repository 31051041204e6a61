/*
 * A batch norm is deployed as part of the kernel and bias of the operation before it, and this
 * operation has none.
 *
 * Remedy: write `@BatchNorm` on the field of the convolution or dense layer that it follows.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @MaxPool2D @BatchNorm Layer pool;
}
