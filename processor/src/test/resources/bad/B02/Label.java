import dev.detent.annotations.*;

@Model
class Label {
  @Input(shape = 4) Layer values;
  @Named(label = "first") Layer block;
}

@Block
@interface Named {
  String label();

  class Layers {
    @Relu Layer relu;
  }
}
