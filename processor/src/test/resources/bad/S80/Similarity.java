// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Similarity {
  @Input(shape = {5, 8}) Layer query;
  @Input(shape = {7, 8}) Layer key;
  @BatchMatMul({"query", "key"}) Layer scores;
}
