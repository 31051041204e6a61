/*
 * The class is private, and the generated class is another one in the same package.
 *
 * Remedy: give it package access, or make it public.
 */
import dev.detent.annotations.*;

class Networks {
  @Model
  private static class Digits {
    @Input(shape = {28, 28, 1}) Layer image;
    @Flatten Layer flat;
  }
}
