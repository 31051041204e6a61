/*
 * A layer reads a name that no field has. Names that look like it are offered.
 *
 * Remedy: correct the name. It is that of a field of the same class.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) Layer shortcut;
  @Conv2D(filters = 8, kernelSize = 3, from = "image") Layer conv;
  @Add({"conv", "shortcuts"}) Layer sum;
}
