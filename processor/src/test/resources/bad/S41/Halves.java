/*
 * A size is no multiple of what a layer divides it by: the parts of a `@Split`, or the blocks of a
 * `@SpaceToDepth` or `@DepthToSpace`.
 *
 * Remedy: choose a divisor, or bring the input to a multiple above.
 */
import dev.detent.annotations.*;

@Model
class Halves {
  @Input(shape = {8, 8, 3}) Layer image;
  @Split(parts = 2, index = 0) Layer half;
}
