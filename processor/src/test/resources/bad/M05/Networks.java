/*
 * The class is an inner class, so that it belongs to an object of the outer one.
 *
 * Remedy: make it static.
 */
import dev.detent.annotations.*;

class Networks {
  @Model
  class Digits {
    @Input(shape = {28, 28, 1}) Layer image;
    @Flatten Layer flat;
  }
}
