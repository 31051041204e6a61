/*
 * An activation stands on the field of an input. The input is a tensor of its own, with the range
 * of what the model is fed.
 *
 * Remedy: give the activation a field of its own below the input.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) @Relu Layer image;
  @Dense(units = 10) Layer logits;
}
