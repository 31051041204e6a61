package dev.detent.examples.transfer;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** Tells the digits 7 to 9 apart, of which there are few examples. */
@Model
@Quantize
public final class ThreeDigits {
  @Input(shape = {28, 28, 1})
  Layer image;

  @Backbone Layer backbone;

  @Dense(units = 3)
  Layer head;
}
