/*
 * A `@Reshape` would yield another number of values than it reads.
 *
 * Remedy: choose sizes whose product is the number of values, or leave one open as -1.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Reshape(shape = {28, 14}) Layer half;
}
