package zoo;

import dev.detent.annotations.*;

/** Names that the generated class uses itself, or that differ in case or underscores only. */
@Model
@Quantize
class Names {
  @Input(shape = {4, 4, 2}) Layer n;
  @Input(shape = {4, 4, 2}) Layer X;
  @Add({"n", "X"}) Layer network;
  @Conv2D(filters = 2, kernelSize = 1) Layer x;
  @Conv2D(filters = 2, kernelSize = 1) Layer SPEC;
  @Conv2D(filters = 2, kernelSize = 1) Layer seed;
  @Conv2D(filters = 2, kernelSize = 1) Layer convA;
  @Conv2D(filters = 2, kernelSize = 1) @KeepFloat Layer conv_a;
  @Conv2D(filters = 2, kernelSize = 1) Layer conv_aQuantize;
  @Conv2D(filters = 2, kernelSize = 1) @Relu Layer Padding;
  @Conv2D(filters = 2, kernelSize = 1) @Relu Layer Activation;
  @Conv2D(filters = 2, kernelSize = 1) Layer Initializer;
  @Conv2D(filters = 2, kernelSize = 1) Layer WeightQuantization;
  @Flatten Layer Tensor;
  @Dense(units = 2) @Output Layer size;
  @Dense(units = 2) @Output Layer getClass;
  @Dense(units = 2) @Output Layer values;
}
