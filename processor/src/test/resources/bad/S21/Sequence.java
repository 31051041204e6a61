import dev.detent.annotations.*;

@Model
class Sequence {
  @Input(shape = {7, 4}) Layer signal;
  @Conv1DTranspose(filters = 8, kernelSize = 3, strides = 2, outputPadding = 2) @Output Layer wide;
  @Input(shape = {1, 4}) Layer one;
  @Conv1DTranspose(
      filters = 8,
      kernelSize = 3,
      strides = 3,
      padding = Padding.SAME,
      outputPadding = 0)
  @Output
  Layer narrow;
}
