import dev.detent.annotations.*;

/** Convolutions over the past alone: a PAD in front, and one RESHAPE less where two of them meet. */
@Model
@Quantize
class Causal {
  @Input(shape = {16, 3}) Layer signal;

  @Conv1D(filters = 4, kernelSize = 3, padding = Padding.CAUSAL) @BatchNorm @Relu Layer first;

  @Conv1D(filters = 4, kernelSize = 3, dilationRate = 2, padding = Padding.CAUSAL)
  Layer second;

  @SeparableConv1D(filters = 4, kernelSize = 3, strides = 2, padding = Padding.CAUSAL)
  Layer third;

  @GlobalAveragePool1D Layer mean;
  @Dense(units = 2) Layer answer;
}
