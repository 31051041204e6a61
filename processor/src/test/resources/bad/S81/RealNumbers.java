import dev.detent.annotations.*;

@Model
class RealNumbers {
  @Input(shape = 20) Layer words;
  @Embedding(inputDim = 100, outputDim = 8) Layer vectors;
}
