import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "matrix unit", only = {Dense.class, Flatten.class, MaxPool2D.class})
interface MatrixUnit {}

@Model
@Quantize(scheme = MatrixUnit.class)
class Only {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) Layer conv;
  @AveragePool2D(poolSize = 2) @KeepFloat Layer kept;
  @GlobalAveragePool2D(keepDims = true) Layer mean;
  @Flatten Layer flat;
  @Dropout(rate = 0.5) Layer dropped;
  @Dense(units = 4) Layer dense;
}
