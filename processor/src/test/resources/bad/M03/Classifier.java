/*
 * The class has type parameters. A model is compiled once, with fixed layers.
 *
 * Remedy: remove them.
 */
import dev.detent.annotations.*;

@Model
class Classifier<T> {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
