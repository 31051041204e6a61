/*
 * A `@Slice` has more numbers than its input has axes.
 *
 * Remedy: leave the last ones out; the batch has none.
 */
import dev.detent.annotations.*;

@Model
class Sliced {
  @Input(shape = {28, 28}) Layer image;
  @Slice(begin = {0, 4, 4}) Layer slice;
}
