/*
 * A `@Resize` has both `alignCorners` and `halfPixelCenters`, which place the pixels differently.
 *
 * Remedy: set `halfPixelCenters = false`, or remove `alignCorners`.
 */
import dev.detent.annotations.*;

@Model
class Resized {
  @Input(shape = {28, 28, 1}) Layer image;
  @Resize(height = 14, width = 14, alignCorners = true) Layer small;
}
