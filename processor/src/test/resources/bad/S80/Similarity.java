/*
 * Two matrices are multiplied, but the last size of the left one is not the one before the last
 * of the right one, or the axes in front of the two differ.
 *
 * Remedy: transpose one of the two with `transposeA` or `transposeB`, or give them fitting shapes,
 * for example with a `@Dense` in front.
 */
import dev.detent.annotations.*;

@Model
class Similarity {
  @Input(shape = {5, 8}) Layer query;
  @Input(shape = {7, 8}) Layer key;
  @BatchMatMul({"query", "key"}) Layer scores;
}
