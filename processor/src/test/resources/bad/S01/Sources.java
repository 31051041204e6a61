import dev.detent.annotations.*;

@Model
class Sources {
  @Input(shape = {5, 8}) Layer query;
  @Input(shape = {4, 4, 3}) Layer image;

  @MultiHeadAttention(numHeads = 2, keyDim = 4, from = "query", valueFrom = "image")
  @Output
  Layer heads;
}
