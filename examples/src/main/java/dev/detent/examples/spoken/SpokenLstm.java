package dev.detent.examples.spoken;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Lstm;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** A memory over the frames of a log-mel spectrogram; its last state tells the digit. */
@Model
@Quantize
public class SpokenLstm {
  static final int FRAMES = 24;
  static final int BANDS = 40;

  @Input(shape = {FRAMES, BANDS})
  Layer spectrogram;

  @Lstm(units = 64)
  Layer memory;

  @Dropout(rate = 0.2)
  Layer dropout;

  @Dense(units = 10)
  Layer logits;
}
