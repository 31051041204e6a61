/*
 * No layer reads an input. A layer reads the field above it unless it names another, so that
 * with several inputs only the last is read by itself.
 *
 * Remedy: let a layer read it by name, or remove it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Input(shape = {28, 28, 1}) Layer mask;
  @Flatten Layer flat;
}
