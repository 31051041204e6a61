import dev.detent.annotations.*;

@Model
class Sequences {
  @Input(shape = {8, 8, 3}) Layer image;
  @Input(shape = 8) Layer row;
  @MultiHeadAttention(numHeads = 2, keyDim = 4, from = "image") @Output Layer heads;
  @Lstm(units = 4, from = "row") @Output Layer memory;
  @BatchMatMul({"row", "image"}) @Output Layer product;
  @Reshape(shape = {2, 2, 2, 1}, from = "row") Layer deep;
  @LayerNorm @Output Layer norm;
}
