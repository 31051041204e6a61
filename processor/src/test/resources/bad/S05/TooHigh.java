import dev.detent.annotations.*;

@Model
class TooHigh {
  @Input(shape = 4) Layer values;
  @Concat(value = {"values", "values"}, axis = 2) @Output Layer high;
  @Concat(value = {"values", "values"}, axis = -2) @Output Layer low;
}
