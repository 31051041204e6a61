import dev.detent.annotations.*;

/** A fixed range that others cannot have: one requantization serves all of them. */
@Model
@Quantize
class Conflicts {
  @Input(shape = 6) Layer x;
  @Dense(units = 5) Layer scores;
  @Softmax Layer probabilities;
  @Dense(units = 5, from = "x") Layer others;
  @Concat({"probabilities", "others", "probabilities"}) Layer beside;
  @Maximum({"others", "probabilities"}) Layer larger;
  @Concat({"beside", "larger"}) @Output Layer all;
  @Softmax(from = "others") Layer second;
  @Concat({"probabilities", "second"}) @Output Layer bothFixed;
}
