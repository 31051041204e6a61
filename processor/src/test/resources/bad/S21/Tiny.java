import dev.detent.annotations.*;

@Model
class Tiny {
  @Input(shape = {2, 1, 4}) Layer image;
  @Conv2DTranspose(
      filters = 2,
      kernelSize = 3,
      strides = {1, 3},
      padding = Padding.SAME,
      outputPadding = 0)
  Layer wide;
}
