// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  static final int WIDTH = 8;

  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(kernelSize = 3) @Bind("filters = 2 * WIDHT") Layer conv;
}
