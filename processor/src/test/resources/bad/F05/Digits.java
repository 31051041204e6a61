/*
 * A field's name is also the layer's name in TensorFlow and in the deployed file, and
 * TensorFlow does not take every name that Java takes.
 *
 * Remedy: use ASCII letters, digits and underscores, with a letter first.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer größe;
  @Flatten Layer flat;
}
