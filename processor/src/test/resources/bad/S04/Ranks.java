import dev.detent.annotations.*;

@Model
class Ranks {
  @Input(shape = {32, 32, 3}) Layer image;
  @Flatten Layer flat;
  @Concat(value = {"image", "flat", "image"}, axis = 3) Layer both;
}
