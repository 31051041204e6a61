/*
 * A parameter of a block is of a type that it cannot have, or `repeat` is out of its range.
 *
 * Remedy: use numbers and booleans; repeat a block 1 to 1000 times.
 */
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Twice(repeat = 0) Layer block;
}

@Block
@interface Twice {
  int repeat() default 2;

  class Layers {
    @Relu Layer relu;
  }
}
