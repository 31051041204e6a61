/*
 * A `@Pad` asks for more of the mirror image than there is: with `PadMode.REFLECT` all but the
 * outermost pixel, with `PadMode.SYMMETRIC` the whole image.
 *
 * Remedy: pad less, or with zeros: `@ZeroPad2D`.
 */
import dev.detent.annotations.*;

@Model
class Mirrored {
  @Input(shape = {4, 8, 3}) Layer image;
  @Pad(padding = 4) Layer mirrored;
}
