import dev.detent.annotations.*;

@Model
class Numbers {
  @Input(shape = {8, 8, 4}) Layer image;
  @Rescaling(offset = 1) Layer scaled;
  @Normalization(mean = 0) Layer normalized;
  @StochasticDepth Layer dropped;
}
