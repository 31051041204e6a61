/*
 * The class that would be generated is already there, written by hand.
 *
 * Remedy: rename the model or the class.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}

class DigitsModel {}
