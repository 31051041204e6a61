/*
 * The scheme does not fuse this activation, or fold this batch norm, into the operation of the
 * field.
 *
 * Remedy: give the activation a field of its own, if the scheme has it as a layer, choose
 * another, or keep the layer in float with `@KeepFloat`.
 */
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "small chip", fuses = {BatchNorm.class, Relu.class})
interface SmallChip {}

@Model
@Quantize(scheme = SmallChip.class)
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @BatchNorm @Relu6 Layer conv;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
}
