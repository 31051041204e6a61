import dev.detent.annotations.*;

@Model
class Causal {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3, padding = Padding.CAUSAL) Layer conv;
  @Input(shape = {8, 3}) Layer signal;
  @Conv1DTranspose(filters = 4, kernelSize = 3, padding = Padding.CAUSAL) Layer longer;
  @MaxPool2D(poolSize = 2, padding = Padding.CAUSAL, from = "conv") Layer pool;
}
