/*
 * No layer is an `@Input`.
 *
 * Remedy: declare one above the layers, with the shape of one example.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Dense(units = 10) Layer logits;
}
