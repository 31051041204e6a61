/*
 * `@Model` stands on an interface, enum, record or annotation. The layers of a model are the
 * fields of a class.
 *
 * Remedy: make it a class.
 */
import dev.detent.annotations.*;

@Model
interface Digits {
  @Input(shape = {28, 28, 1}) Layer image = null;
  @Flatten Layer flat = null;
}
