/*
 * The class that is to be the scheme is none: it has no `@Scheme`, or what that says does not
 * hold together.
 *
 * Remedy: annotate the class with `@Scheme`, or correct what the message names.
 */
import dev.detent.annotations.*;

interface MyChip {}

@Model
@Quantize(scheme = MyChip.class)
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
}
