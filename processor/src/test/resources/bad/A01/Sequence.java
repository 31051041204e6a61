import dev.detent.annotations.*;

@Model
class Sequence {
  @Input(shape = {8, 3}) Layer signal;
  @MaxPool1D(poolSize = 2, strides = 0) @Output Layer pool;
  @Conv1D(filters = 4, kernelSize = 0, from = "signal") @Output Layer conv;
  @UpSample1D(size = 0, from = "signal") @Output Layer longer;
  @GaussianNoise(stddev = -1, from = "signal") @Output Layer noisy;
}
