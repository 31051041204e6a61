/*
 * The `index` of a `@Split` is that of no part: they are counted from 0.
 *
 * Remedy: choose one below `parts`.
 */
import dev.detent.annotations.*;

@Model
class Parts {
  @Input(shape = 8) Layer values;
  @Split(parts = 2, index = 2) Layer second;
}
