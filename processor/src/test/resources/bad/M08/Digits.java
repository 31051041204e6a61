/*
 * The class has no layers, or inputs only.
 *
 * Remedy: declare the layers as fields of type `Layer`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
}
