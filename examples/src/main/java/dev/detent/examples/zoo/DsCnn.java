package dev.detent.examples.zoo;

import dev.detent.annotations.AveragePool2D;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.Variant;

/**
 * MLPerf Tiny's keyword spotting (Banbury et al., 2021; DS-CNN of Zhang et al., 2017); a variant
 * for ten digits.
 */
@Model
@Quantize
@Variant(name = "DsCnnDigits", value = "classes = 10")
public final class DsCnn {
  static final int classes = 12;

  @Input(shape = {49, 10, 1})
  Layer features;

  @Conv2D(
      filters = 64,
      kernelSize = {10, 4},
      strides = 2,
      padding = Padding.SAME)
  @BatchNorm
  @Relu
  Layer conv;

  @Dropout(rate = 0.2)
  Layer convDropped;

  @DepthwiseSeparable(filters = 64, repeat = 4, bias = true)
  Layer stages;

  @Dropout(rate = 0.4)
  Layer stagesDropped;

  @AveragePool2D(poolSize = {25, 5})
  Layer pool;

  @Flatten Layer flat;

  @Dense
  @Bind("units = classes")
  Layer logits;

  @Softmax Layer probabilities;
}
