/*
 * A layer reads one that is declared below it.
 *
 * Remedy: move the field of the layer that is read above the one that reads it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten(from = "conv") Layer flat;
  @Conv2D(filters = 8, kernelSize = 3, from = "image") Layer conv;
}
