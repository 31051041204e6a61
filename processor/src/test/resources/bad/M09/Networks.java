/*
 * Two models would generate classes of one name: a nested class `Outer.Digits` generates
 * `Outer_DigitsModel`.
 *
 * Remedy: rename one of the two.
 */
import dev.detent.annotations.*;

class Networks {
  @Model
  static class Digits {
    @Input(shape = {28, 28, 1}) Layer image;
    @Flatten Layer flat;
  }
}

@Model
class Networks_Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
