import dev.detent.annotations.*;

@Model
class FromZero {
  @Input(shape = {8, 8, 3}) Layer image;
  @Permute(dims = {1, 3, 3}) Layer twice;
}
