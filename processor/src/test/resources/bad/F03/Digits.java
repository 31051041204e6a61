/*
 * A field of type `Layer` has no annotation that says what it computes.
 *
 * Remedy: annotate it, or remove it. A `@BatchNorm` belongs on the field of the operation
 * before it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  Layer hidden;
  @Flatten Layer flat;
}
