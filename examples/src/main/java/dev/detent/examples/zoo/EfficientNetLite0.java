package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu6;

/** EfficientNet-Lite0: B0 (Tan and Le, 2019) without squeeze-and-excitation and with ReLU6. */
@Model
@Quantize
public final class EfficientNetLite0 {
  @Input(shape = {224, 224, 3})
  Layer image;

  @Conv2D(filters = 32, kernelSize = 3, strides = 2, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @Relu6
  Layer stem;

  @LiteBlock(expansion = 1, filters = 16)
  Layer stage1;

  @LiteBlock(filters = 24, strides = 2, repeat = 2)
  Layer stage2;

  @LiteBlock(filters = 40, kernelSize = 5, strides = 2, repeat = 2)
  Layer stage3;

  @LiteBlock(filters = 80, strides = 2, repeat = 3)
  Layer stage4;

  @LiteBlock(filters = 112, kernelSize = 5, repeat = 3)
  Layer stage5;

  @LiteBlock(filters = 192, kernelSize = 5, strides = 2, repeat = 4)
  Layer stage6;

  @LiteBlock(filters = 320)
  Layer stage7;

  @Conv2D(filters = 1280, kernelSize = 1, useBias = false)
  @BatchNorm
  @Relu6
  Layer head;

  @GlobalAveragePool2D Layer pool;

  @Dropout(rate = 0.2)
  Layer dropped;

  @Dense(units = 1000)
  Layer logits;
}
