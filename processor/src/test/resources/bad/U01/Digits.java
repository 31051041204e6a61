/*
 * TFLite has no fused form of the operation with this activation, so that the two are two
 * tensors in the deployed model.
 *
 * Remedy: give the activation a field of its own below the operation.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @Softmax Layer probabilities;
}
