import dev.detent.annotations.*;

@Model
class Constant {
  final int classes = 10;
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
