/*
 * A block has no class `Layers` with its layers, or none of them is left with its parameters.
 *
 * Remedy: declare the layers as fields of a class `Layers` in the annotation.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Empty Layer block;
}

@Block
@interface Empty {}
