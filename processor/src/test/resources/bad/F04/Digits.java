/*
 * A field has two operations. One field is one layer and one tensor of the deployed model.
 *
 * Remedy: give each a field of its own, in the order of data flow.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @MaxPool2D Layer conv;
}
