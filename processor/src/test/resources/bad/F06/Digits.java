/*
 * An activation on the field of an operation is a part of that layer and reads what the
 * operation yields; `from` contradicts that.
 *
 * Remedy: write `from` on the operation, or give the activation a field of its own.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @Relu(from = "image") Layer conv;
}
