package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Variant;

/** MobileNetV2 (Sandler et al., 2018, table 2); variants with a smaller width and for CIFAR-10. */
@Model
@Quantize
@Variant(
    name = "MobileNetV2Small",
    value = {"alpha = 0.35", "size = 32", "classes = 10", "stemStrides = 1"})
public final class MobileNetV2 {
  static final double alpha = 1;
  static final int size = 224;
  static final int classes = 1000;
  static final int stemStrides = 2;

  @Input
  @Bind("shape = {size, size, 3}")
  Layer image;

  @Conv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
  @Bind({"filters = divisible(32 * alpha, 8)", "strides = stemStrides"})
  @BatchNorm
  @Relu6
  Layer stem;

  @InvertedResidual(expansion = 1, filters = 16)
  Layer stage1;

  @InvertedResidual(filters = 24, strides = 2, repeat = 2)
  Layer stage2;

  @InvertedResidual(filters = 32, strides = 2, repeat = 3)
  Layer stage3;

  @InvertedResidual(filters = 64, strides = 2, repeat = 4)
  Layer stage4;

  @InvertedResidual(filters = 96, repeat = 3)
  Layer stage5;

  @InvertedResidual(filters = 160, strides = 2, repeat = 3)
  Layer stage6;

  @InvertedResidual(filters = 320)
  Layer stage7;

  @Conv2D(kernelSize = 1, useBias = false)
  @Bind("filters = max(1280, divisible(1280 * alpha, 8))")
  @BatchNorm
  @Relu6
  Layer head;

  @GlobalAveragePool2D Layer pool;

  @Dense
  @Bind("units = classes")
  Layer logits;
}
