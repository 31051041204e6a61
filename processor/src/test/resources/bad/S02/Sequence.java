import dev.detent.annotations.*;

@Model
class Sequence {
  @Input(shape = {8, 3}) Layer signal;
  @Conv1D(filters = 4, kernelSize = 5, dilationRate = 2) @Output Layer conv;
  @MaxPool1D(poolSize = 9, from = "signal") @Output Layer pool;
}
