package dev.detent.examples.sequences;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Gru;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** Which half of a signal is louder: two unrolled recurrences, one above the other. */
@Model
@Quantize
class Loudness {
  static final int STEPS = 3;
  static final int CHANNELS = 4;

  @Input(shape = {STEPS, CHANNELS})
  Layer signal;

  @Gru(units = 6, returnSequences = true)
  Layer lower;

  @Gru(units = 5, resetAfter = false)
  Layer upper;

  @Dense(units = 2)
  Layer logits;
}
