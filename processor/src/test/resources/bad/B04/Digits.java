// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
@Variant(name = "Small", value = "WIDHT = 4")
class Digits {
  static final int WIDTH = 8;

  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(kernelSize = 3) @Bind("filters = WIDTH") Layer conv;
}
