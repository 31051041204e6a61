import dev.detent.annotations.*;

@Model
@Quantize
class Chain {
  @Input(shape = 6) Layer values;
  @Softmax Layer first;
  @Softmax(from = "values") Layer second;
  @Dense(units = 6, from = "values") Layer scores;
  @Maximum({"first", "second", "scores"}) Layer largest;
  @Minimum({"scores", "first"}) @Output Layer smallest;
  @Flatten(from = "largest") @Output Layer flat;
}
