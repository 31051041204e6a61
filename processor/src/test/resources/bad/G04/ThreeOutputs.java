import dev.detent.annotations.*;

@Model
class ThreeOutputs {
  @Input(shape = 4) Layer values;
  @Dense(units = 2) @Output Layer left;
  @Dense(units = 2, from = "values") @Output Layer right;
  @Dense(units = 2, from = "values") Layer forgotten;
}
