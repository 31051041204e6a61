import dev.detent.annotations.*;

@Model
class TwoActivationsAlone {
  @Input(shape = 10) Layer values;
  @Relu @Softmax Layer activated;
}
