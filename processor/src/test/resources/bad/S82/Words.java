import dev.detent.annotations.*;

@Model
class Words {
  @Input(shape = {5, 8}) Layer letters;
  @ArgMax @Output Layer letter;
  @Embedding(inputDim = 8, outputDim = 3) @Output Layer vectors;
  @Add({"letter", "letter"}) @Output Layer sum;
}
