/*
 * A layer is to use the weights of one that itself uses those of a third.
 *
 * Remedy: name the layer that has the weights.
 */
import dev.detent.annotations.*;

@Model
class Chain {
  @Input(shape = 8) Layer values;
  @Dense(units = 8) Layer first;
  @Dense(units = 8, sharedWith = "first") Layer second;
  @Dense(units = 8, sharedWith = "second") Layer third;
}
