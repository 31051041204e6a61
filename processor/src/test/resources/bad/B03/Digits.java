/*
 * A block contains itself, directly or through others, so that it would never end.
 *
 * Remedy: take it out of its own layers.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Endless Layer block;
}

@Block
@interface Endless {
  class Layers {
    @Relu Layer relu;
    @Endless Layer again;
  }
}
