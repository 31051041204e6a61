import dev.detent.annotations.*;
import dev.detent.annotations.scheme.TfliteInt16x8;

/** Indices of the largest values, of integers and of real numbers. */
@Model
@Quantize
class Answers {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) Layer pixels;
  @ArgMax @Output Layer map;
  @ArgMax(axis = 1, from = "pixels") @KeepFloat @Output Layer rows;
  @GlobalAveragePool2D(from = "pixels") Layer logits;
  @ArgMax @Output Layer digit;

  @Model
  static class Partial {
    @Input(shape = 6) Layer x;
    @Dense(units = 4) @Quantize Layer logits;
    @ArgMax Layer answer;
  }

  @Model
  @Quantize(scheme = TfliteInt16x8.class)
  static class Wide {
    @Input(shape = 6) Layer x;
    @Dense(units = 4) Layer logits;
    @ArgMax Layer answer;
  }
}
