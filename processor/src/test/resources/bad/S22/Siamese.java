/*
 * Two layers share their weights, but what they read has not as many channels.
 *
 * Remedy: give both inputs as many channels, or each layer its own weights.
 */
import dev.detent.annotations.*;

@Model
class Siamese {
  @Input(shape = {28, 28, 1}) Layer left;
  @Conv2D(filters = 8, kernelSize = 3) Layer leftConv;
  @Input(shape = {28, 28, 3}) Layer right;
  @Conv2D(filters = 8, kernelSize = 3, sharedWith = "leftConv") Layer rightConv;
  @Add({"leftConv", "rightConv"}) Layer sum;
}
