/*
 * A field of type `Layer` has no annotation that says what it computes.
 *
 * Remedy: annotate it, or remove it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  Layer hidden;
  @Flatten Layer flat;
}
