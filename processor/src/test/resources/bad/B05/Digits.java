/*
 * A layer of a block is an input or an output of a model, or is called `input`, which is what a block reads.
 *
 * Remedy: let it read `input`; `@Output` may stand on the field that uses the block.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Wrong Layer block;
}

@Block
@interface Wrong {
  class Layers {
    @Relu Layer input;
  }
}
