// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Flatten Layer flat;
  @Input(shape = {28, 28, 1}) Layer image;
  @Add({"flat", "flat"}) Layer sum;
  @Concat({"sum", "image"}) Layer both;
}
