import dev.detent.annotations.*;

@Model
class Slices {
  @Input(shape = {8, 6}) Layer steps;
  @Slice(begin = {0, 4}, end = {Slice.END, -3}) Layer slice;
  @Crop1D(cropping = {9, 0}, from = "steps") Layer crop;
  @Add({"slice", "crop"}) Layer sum;
}
