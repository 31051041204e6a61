import dev.detent.annotations.*;

@Model
class Open {
  @Input(shape = {28, 28, 1}) Layer image;
  @Reshape(shape = {-1, 5}) Layer fifths;
}
