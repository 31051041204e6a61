import dev.detent.annotations.*;

@Model
class Attention {
  @Input(shape = {8, 4}) Layer steps;
  @BatchMatMul({"steps", "steps", "steps"}) @Output Layer product;
  @ScaledDotProductAttention({"steps", "steps"}) @Output Layer attended;
}
