import dev.detent.annotations.*;

@Model
class Itself {
  @Input(shape = 4) Layer values;
  @Dense(units = 8, sharedWith = "dense") Layer dense;
}
