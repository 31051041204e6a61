// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Crops {
  @Input(shape = {8, 8, 3}) Layer image;
  @Crop2D(cropping = {4, 4, 0, 0}) Layer cropped;
}
