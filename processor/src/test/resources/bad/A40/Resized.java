// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Resized {
  @Input(shape = {28, 28, 1}) Layer image;
  @Resize(height = 14, width = 14, alignCorners = true) Layer small;
}
