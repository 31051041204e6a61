import dev.detent.annotations.*;

@Model
class Borders {
  @Input(shape = 4) Layer values;
  @Own Layer block;
}

@Block
@interface Own {
  class Layers {
    @Input(shape = 4) Layer own;
    @Relu(from = "own") @Output Layer relu;
    @Dense(units = 4) Layer dense;
  }
}
