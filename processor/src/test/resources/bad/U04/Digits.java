/*
 * A batch norm is written behind the activation of its field. On one field, a batch norm stands before the activation;
 * of the other annotations the order does not matter.
 *
 * Remedy: write `@BatchNorm` in front of the activation, or give it a field of its own below.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @Relu @BatchNorm Layer conv;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
}
