import dev.detent.annotations.*;

@Model
class Itself {
  @Input(shape = {28, 28, 8}) Layer image;
  @Add({"image", "sum"}) Layer sum;
}
