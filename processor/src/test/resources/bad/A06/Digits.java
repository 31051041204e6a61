/*
 * An attribute that has no sensible default is neither written nor bound.
 *
 * Remedy: write it, or give it a value with `@Bind`.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(kernelSize = 3) Layer conv;
}
