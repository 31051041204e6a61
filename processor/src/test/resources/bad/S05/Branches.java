/*
 * The axis of a `@Concat` is the batch, or none that its inputs have. As in Keras the batch is
 * axis 0: an image has height 1, width 2 and channels 3.
 *
 * Remedy: choose one of its axes; -1 is the last.
 */
import dev.detent.annotations.*;

@Model
class Branches {
  @Input(shape = {32, 32, 3}) Layer image;
  @Conv2D(filters = 16, kernelSize = 1) Layer narrow;
  @Conv2D(filters = 16, kernelSize = 1, from = "image") Layer wide;
  @Concat(value = {"narrow", "wide"}, axis = 0) Layer both;
}
