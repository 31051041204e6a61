import dev.detent.annotations.*;

@Model
class Reduced {
  @Input(shape = {8, 8, 3}) Layer image;
  @Mean(axis = {1, 0}) Layer mean;
  @Max(axis = 4, from = "image") Layer largest;
  @Split(parts = 2, index = 0, axis = -4, from = "image") Layer half;
  @Output @Flatten(from = "mean") Layer a;
  @Output @Flatten(from = "largest") Layer b;
  @Output @Flatten(from = "half") Layer c;
}
