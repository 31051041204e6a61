import dev.detent.annotations.*;

@Model
class Zero {
  @Input(shape = {28, 28, 1}) Layer image;
  @Reshape(shape = {784, 0}) Layer rows;
}
