/*
 * The first field is a layer that reads the field above it, and there is none.
 *
 * Remedy: move an `@Input` above it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Flatten Layer flat;
  @Input(shape = {28, 28, 1}) Layer image;
  @Add({"flat", "flat"}) Layer sum;
  @Concat({"sum", "image"}) Layer both;
}
