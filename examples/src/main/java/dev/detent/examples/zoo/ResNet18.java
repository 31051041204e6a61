package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;

/** ResNet-18 (He et al., 2016, table 1). */
@Model
@Quantize
public final class ResNet18 {
  @Input(shape = {224, 224, 3})
  Layer image;

  @Conv2D(filters = 64, kernelSize = 7, strides = 2, padding = Padding.SAME, useBias = false)
  @BatchNorm
  @Relu
  Layer stem;

  @MaxPool2D(poolSize = 3, strides = 2, padding = Padding.SAME)
  Layer pooled;

  @BasicBlock(filters = 64, repeat = 2)
  Layer stage1;

  @BasicBlock(filters = 128, strides = 2, repeat = 2)
  Layer stage2;

  @BasicBlock(filters = 256, strides = 2, repeat = 2)
  Layer stage3;

  @BasicBlock(filters = 512, strides = 2, repeat = 2)
  Layer stage4;

  @GlobalAveragePool2D Layer pool;

  @Dense(units = 1000)
  Layer logits;
}
