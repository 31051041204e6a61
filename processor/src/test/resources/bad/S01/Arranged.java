import dev.detent.annotations.*;

@Model
class Arranged {
  @Input(shape = {8, 8, 3}) Layer image;
  @ZeroPad1D Layer padded;
  @RepeatVector(n = 3, from = "image") Layer repeated;
  @Max(axis = {1, 2, 3}, from = "image") Layer largest;
  @Reshape(shape = {64, 3}, from = "image") Layer steps;
  @UpSample2D(from = "steps") Layer larger;
  @Output @Flatten(from = "padded") Layer a;
  @Output @Flatten(from = "repeated") Layer b;
  @Output @Flatten(from = "largest") Layer c;
  @Output @Flatten(from = "larger") Layer d;
}
