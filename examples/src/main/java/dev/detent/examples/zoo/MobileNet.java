package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Variant;

/** MobileNetV1 (Howard et al., 2017, table 1); a variant at a quarter of its width for CIFAR-10. */
@Model
@Quantize
@Variant(
    name = "MobileNetQuarter",
    value = {"alpha = 0.25", "size = 32", "classes = 10", "stemStrides = 1"})
public final class MobileNet {
  static final double alpha = 1;
  static final int size = 224;
  static final int classes = 1000;
  static final int stemStrides = 2;

  @Input
  @Bind("shape = {size, size, 3}")
  Layer image;

  @Conv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
  @Bind({"filters = floor(32 * alpha)", "strides = stemStrides"})
  @BatchNorm
  @Relu
  Layer stem;

  @DepthwiseSeparable(filters = 64)
  Layer stage1;

  @DepthwiseSeparable(filters = 128, strides = 2, repeat = 2)
  Layer stage2;

  @DepthwiseSeparable(filters = 256, strides = 2, repeat = 2)
  Layer stage3;

  @DepthwiseSeparable(filters = 512, strides = 2, repeat = 6)
  Layer stage4;

  @DepthwiseSeparable(filters = 1024, strides = 2, repeat = 2)
  Layer stage5;

  @GlobalAveragePool2D Layer pool;

  @Dropout(rate = 0.001)
  Layer dropped;

  @Dense
  @Bind("units = classes")
  Layer logits;
}
