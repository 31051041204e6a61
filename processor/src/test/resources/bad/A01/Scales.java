import dev.detent.annotations.*;

@Model
class Scales {
  @Input(shape = {8, 8, 4}) Layer image;
  @Rescaling(scale = 0) Layer nothing;
  @Rescaling(scale = 1e-60) Layer almostNothing;
  @Rescaling(scale = 1, offset = 1e39) Layer far;
  @Normalization(mean = {0, 1, 2, 1e39}, variance = {1, 0, -1, 1}) Layer numbers;
  @GroupNormalization(groups = 0) Layer noGroups;
  @GroupNormalization(groups = -2) Layer fewerGroups;
  @RmsNormalization(epsilon = 0) Layer rms;
  @StochasticDepth(rate = 1) Layer dropped;
}
