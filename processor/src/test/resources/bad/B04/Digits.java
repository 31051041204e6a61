/*
 * A variant changes a constant that the model does not have, or has a name that cannot be one.
 *
 * Remedy: declare the constant, static final, or correct its name.
 */
import dev.detent.annotations.*;

@Model
@Variant(name = "Small", value = "WIDHT = 4")
class Digits {
  static final int WIDTH = 8;

  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(kernelSize = 3) @Bind("filters = WIDTH") Layer conv;
}
