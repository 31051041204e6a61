/*
 * The generated source cannot be written. Nothing in the class leads to it: the example is
 * compiled where the disk is full.
 *
 * Remedy: make room or set permissions in the folder of generated sources (`-s`).
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
