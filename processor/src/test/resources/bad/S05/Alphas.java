import dev.detent.annotations.*;

@Model
class Alphas {
  @Input(shape = {8, 8, 3}) Layer image;
  @PRelu(sharedAxes = {1, 2, 4}) Layer prelu;
  @Flatten Layer flat;
  @Dense(units = 4) @PRelu(sharedAxes = {1, 2}) Layer dense;
}
