package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Variant;

/**
 * MobileNetV3-Small (Howard et al., 2019, table 2); and a variant of the same weights whose
 * hard-swish XNNPACK can run.
 */
@Model
@Quantize
@Variant(name = "MobileNetV3SmallSplit", value = "split = true")
public final class MobileNetV3Small {
  static final boolean split = false;

  @Input(shape = {224, 224, 3})
  Layer image;

  @Conv2D(filters = 16, kernelSize = 3, strides = 2, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @HardSwish
  @Bind("split = split")
  Layer stem;

  @Bneck(expanded = 16, filters = 16, strides = 2, hardSwish = false)
  Layer bneck1;

  @Bneck(expanded = 72, filters = 24, strides = 2, gated = false, hardSwish = false)
  Layer bneck2;

  @Bneck(expanded = 88, filters = 24, gated = false, hardSwish = false)
  Layer bneck3;

  @Bneck(expanded = 96, filters = 40, kernelSize = 5, strides = 2)
  Layer bneck4;

  @Bneck(expanded = 240, filters = 40, kernelSize = 5, repeat = 2)
  Layer bneck5;

  @Bneck(expanded = 120, filters = 48, kernelSize = 5)
  Layer bneck6;

  @Bneck(expanded = 144, filters = 48, kernelSize = 5)
  Layer bneck7;

  @Bneck(expanded = 288, filters = 96, kernelSize = 5, strides = 2)
  Layer bneck8;

  @Bneck(expanded = 576, filters = 96, kernelSize = 5, repeat = 2)
  Layer bneck9;

  @Conv2D(filters = 576, kernelSize = 1, useBias = false)
  @BatchNorm
  @HardSwish
  @Bind("split = split")
  Layer widened;

  @GlobalAveragePool2D(keepDims = true)
  Layer pool;

  @Conv2D(filters = 1024, kernelSize = 1)
  @HardSwish
  @Bind("split = split")
  Layer head;

  @Dropout(rate = 0.2)
  Layer dropped;

  @Conv2D(filters = 1000, kernelSize = 1)
  Layer classes;

  @Flatten Layer logits;
}
