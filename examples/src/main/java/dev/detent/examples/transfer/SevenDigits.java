package dev.detent.examples.transfer;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** Tells the digits 0 to 6 apart, of which there are thousands of examples. */
@Model
@Quantize
public final class SevenDigits {
  @Input(shape = {28, 28, 1})
  Layer image;

  @Backbone Layer backbone;

  @Dense(units = 7)
  Layer head;
}
