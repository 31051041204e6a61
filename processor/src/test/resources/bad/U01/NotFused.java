import dev.detent.annotations.*;

@Model
class NotFused {
  @Input(shape = {28, 28, 1}) @Relu Layer image;
  @GlobalAveragePool2D @Relu6 Layer mean;
}
