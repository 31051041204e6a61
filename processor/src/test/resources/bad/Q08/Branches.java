/*
 * A note, printed with `-Adetent.notes=true`: a tensor whose range is fixed, or which is
 * configured otherwise, is read by an operation that needs one range for all its inputs.
 * TFLite requantizes it, which costs an operation and some accuracy.
 *
 * Remedy: none is needed. To avoid it, give all that the operation reads the same
 * configuration, or merge before the softmax.
 */
import dev.detent.annotations.*;

@Model
@Quantize
class Branches {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
  @Softmax Layer probabilities;
  @Concat({"logits", "probabilities"}) Layer both;
}
