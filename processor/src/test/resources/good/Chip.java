import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

/** A scheme of the user's own: TFLite's table, and what differs. */
@Model
@Quantize(scheme = FixedPoint.class)
class Chip {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @BatchNorm @Relu Layer conv;
  @MaxPool2D(poolSize = 2) Layer pool;
  @GlobalAveragePool2D Layer mean;
  @Dense(units = 4) @QuantizeConfig(weights = @Weights(bits = 4)) Layer logits;
  @Softmax Layer probabilities;
}

@Scheme(
    name = "fixed point \"A1\"",
    scales = Scales.POWER_OF_TWO,
    biasBits = 16,
    weights = @WeightRule(bits = {8, 4}, granularity = Granularity.PER_TENSOR, narrowRange = false),
    activations = @ActivationRule(symmetric = true),
    without = AveragePool2D.class,
    fuses = {BatchNorm.class, Relu.class},
    operations = {
      @OperationRule(of = MaxPool2D.class, range = OutputRange.OWN),
      @OperationRule(of = GlobalAveragePool2D.class, range = OutputRange.OF_INPUTS),
      @OperationRule(
          of = Softmax.class,
          range = OutputRange.FIXED,
          scale = 1.0 / 64,
          activations = @ActivationRule(bits = 6))
    })
interface FixedPoint {}
