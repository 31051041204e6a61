/*
 * Two annotations on one field contradict each other.
 *
 * Remedy: remove one of them.
 */
import dev.detent.annotations.*;

@Model
@Quantize
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten @Quantize @KeepFloat Layer flat;
}
