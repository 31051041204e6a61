/*
 * The class extends another. Only the fields of the class itself are layers: an inherited one
 * would be lost.
 *
 * Remedy: declare all layers in one class, and remove `extends`.
 */
import dev.detent.annotations.*;

class Backbone {}

@Model
class Digits extends Backbone {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
