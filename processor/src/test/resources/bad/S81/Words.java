// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Words {
  @Input(shape = 20, dataType = DataType.INT32) Layer words;
  @Dense(units = 10) Layer logits;
}
