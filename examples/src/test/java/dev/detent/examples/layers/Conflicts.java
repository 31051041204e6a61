package dev.detent.examples.layers;

import dev.detent.annotations.Concat;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Maximum;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Softmax;

/** A fixed range that others cannot have: one requantization serves all of them. */
@Model
@Quantize
class Conflicts {
  @Input(shape = 6)
  Layer x;

  @Dense(units = 5)
  Layer scores;

  @Softmax Layer probabilities;

  @Dense(units = 5, from = "x")
  Layer others;

  @Concat({"probabilities", "others", "probabilities"})
  Layer beside;

  @Maximum({"others", "probabilities"})
  Layer larger;

  @Concat({"beside", "larger"})
  @Output
  Layer all;

  @Softmax(from = "others")
  Layer second;

  @Concat({"probabilities", "second"})
  @Output
  Layer bothFixed;
}
