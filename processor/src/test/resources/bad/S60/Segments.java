/*
 * An activation over another axis than the last: TFLite's kernels normalize over the last one. As
 * in Keras the batch is axis 0, so that the last axis of an image, its channels, is 3, or -1.
 *
 * Remedy: put the axis last in what the layer reads.
 */
import dev.detent.annotations.*;

@Model
class Segments {
  @Input(shape = {8, 8, 3}) Layer image;
  @Softmax(axis = 1) Layer rows;
}
