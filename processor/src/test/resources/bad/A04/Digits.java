/*
 * The shape of a `@Reshape` leaves more than one size open, or has a size of 0.
 *
 * Remedy: leave at most one size open, as -1.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Reshape(shape = {-1, -1, 4}) Layer rows;
}
