import dev.detent.annotations.*;

@Model
class PerChannel {
  @Input(shape = {8, 8, 3}) Layer image;
  @Normalization(mean = {0.5, 0.4}, variance = 1) Layer means;
  @Normalization(mean = 0.5, variance = {1, 2, 3, 4}, from = "image") Layer variances;
}
