/*
 * A layer says how its bias starts, and that it has none.
 *
 * Remedy: remove `biasInitializer` or `useBias = false`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, useBias = false, biasInitializer = Initializer.ONES)
  Layer conv;
}
