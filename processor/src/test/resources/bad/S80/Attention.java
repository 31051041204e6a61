import dev.detent.annotations.*;

@Model
class Attention {
  @Input(shape = {5, 8}) Layer query;
  @Input(shape = {7, 6}) Layer key;
  @Input(shape = {4, 6}) Layer value;
  @ScaledDotProductAttention({"query", "key", "value"}) @Output Layer first;
  @ScaledDotProductAttention({"key", "key", "value"}) @Output Layer second;
}
