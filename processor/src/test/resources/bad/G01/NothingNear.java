import dev.detent.annotations.*;

@Model
class NothingNear {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten(from = "photograph") Layer flat;
  @Relu(from = "Image") Layer positive;
  @Concat({"flat", "positive"}) Layer both;
}
