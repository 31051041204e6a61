/*
 * A `@Slice`, `@Crop1D` or `@Crop2D` leaves nothing of an axis.
 *
 * Remedy: take less away.
 */
import dev.detent.annotations.*;

@Model
class Crops {
  @Input(shape = {8, 8, 3}) Layer image;
  @Crop2D(cropping = {4, 4, 0, 0}) Layer cropped;
}
