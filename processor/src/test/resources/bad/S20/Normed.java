import dev.detent.annotations.*;

@Model
class Normed {
  @Input(shape = {8, 8, 6}) Layer image;
  @GroupNormalization(groups = 4) Layer uneven;
  @GroupNormalization(from = "image") Layer tooMany;
}
