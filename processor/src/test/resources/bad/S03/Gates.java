import dev.detent.annotations.*;

@Model
class Gates {
  @Input(shape = {8, 8, 4}) Layer image;
  @GlobalAveragePool2D Layer mean;
  @Dense(units = 3) Layer gate;
  @Multiply({"image", "gate"}) Layer gated;
  @Reshape(shape = {1, 8, 4}, from = "gated") Layer row;
  @Subtract({"image", "row"}) Layer difference;
  @Average({"mean", "image", "gate"}) Layer average;
  @Maximum({"mean", "gate"}) Layer largest;
  @Add({"difference", "average", "largest"}) Layer sum;
}
