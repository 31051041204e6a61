/*
 * An expression in `@Bind` or `@When` cannot be read or worked out: it is none of the language, or has a name that has
 * no value there.
 *
 * Remedy: correct it.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  static final int WIDTH = 8;

  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(kernelSize = 3) @Bind("filters = 2 * WIDHT") Layer conv;
}
