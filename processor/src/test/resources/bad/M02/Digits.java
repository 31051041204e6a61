/*
 * The class is abstract. Nothing extends a model, so that there would be nothing to generate
 * from.
 *
 * Remedy: remove `abstract`.
 */
import dev.detent.annotations.*;

@Model
abstract class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
