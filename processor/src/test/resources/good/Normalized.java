import dev.detent.annotations.*;

/** Normalizations, rescalings and a residual branch that is dropped. */
@Model
@Quantize
class Normalized {
  @Input(shape = {8, 8, 3}) Layer image;
  @Rescaling(scale = 1.0 / 127.5, offset = -1) Layer rescaled;
  @Rescaling(scale = 2) Layer doubled;
  @Normalization(mean = {0.48, 0.45, 0.4}, variance = {0.05, 0.05, 0.06}) Layer byChannel;
  @Normalization(mean = 0.5, variance = 4) Layer whole;
  @Normalization(mean = 0, variance = {0.25, 1, 4}) Layer alreadyCentered;
  @Conv2D(filters = 16, kernelSize = 1) Layer first;
  @GroupNormalization(groups = 4) Layer grouped;
  @Relu Layer active;
  @Conv2D(filters = 16, kernelSize = 1) Layer second;
  @LayerScale(initValues = 0.1) Layer scaled;
  @StochasticDepth(rate = 0.2) Layer dropped;
  @Add({"grouped", "dropped"}) Layer sum;
  @GroupNormalization(groups = 1, scale = false, center = false) Layer whole1;
  @MaxPool2D(poolSize = 4) Layer small;
  @GroupNormalization(groups = -1, center = false) Layer byInstance;
  @RmsNormalization Layer rms;
  @Flatten Layer flat;
  @Dense(units = 4) Layer logits;
}
