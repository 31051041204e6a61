import dev.detent.annotations.*;

@Model
class Backwards {
  @Input(shape = {8, 3}) Layer signal;

  @Bidirectional(mergeMode = MergeMode.AVE)
  @Lstm(units = 4, goBackwards = true)
  Layer memory;

  @Bidirectional @Twice Layer block;
}

@Block
@interface Twice {
  class Layers {
    @Dense(units = 4) Layer dense;
  }
}
