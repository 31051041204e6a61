/*
 * The generated source cannot be written. The reason is the one that `javac` gives.
 *
 * Remedy: make room or set permissions in the folder of generated sources (`-s`).
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
