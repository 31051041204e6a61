import dev.detent.annotations.*;

@Model
@Quantize
class Hindered {
  @Input(shape = {28, 28, 8}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) Layer conv;
  @ZeroPad2D(padding = 1) Layer padded;
  @BatchNorm Layer behindZeros;
  @Conv2D(filters = 8, kernelSize = 3) @Relu Layer active;
  @BatchNorm Layer behindActivation;
  @Conv2D(filters = 8, kernelSize = 3) @BatchNorm Layer normed;
  @BatchNorm Layer twice;
  @Conv2D(filters = 8, kernelSize = 3) Layer twoReaders;
  @BatchNorm Layer first;
  @BatchNorm(from = "twoReaders") Layer second;
  @Add({"first", "second"}) Layer sum;
  @Conv2D(filters = 8, kernelSize = 3) @KeepFloat Layer kept;
  @BatchNorm Layer behindFloat;
  @Conv2D(filters = 8, kernelSize = 3) Layer owner;
  @BatchNorm Layer ofOwner;
  @Conv2D(filters = 8, kernelSize = 3, sharedWith = "owner") Layer sharing;
  @Flatten Layer flat;
  @BatchNorm Layer behindFlat;
}
