package zoo.towers;

import dev.detent.annotations.*;

/** Several inputs and outputs; an output that is read, too, and inputs of other shapes. */
@Model
@Quantize
public class TwoTowers {
  @Input(shape = {8, 8, 1}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @Relu Layer conv;
  @GlobalAveragePool2D @Output Layer embedding;
  @Input(shape = 12) Layer text;
  @Dense(units = 4) @Relu Layer words;
  @Concat({"embedding", "words"}) Layer both;
  @Dense(units = 1000) @Output Layer logits;
}
