import dev.detent.annotations.*;

@Model
class Sources {
  @Input(shape = {5, 8}) Layer query;
  @Input(shape = {7, 6}) Layer encoded;
  @MultiHeadAttention(numHeads = 2, keyDim = 4, from = "query", valueFrom = "encodet") Layer heads;
}
