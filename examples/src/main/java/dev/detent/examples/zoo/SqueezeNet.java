package dev.detent.examples.zoo;

import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;

/** SqueezeNet 1.1 (Iandola et al., 2016, and the authors' later release). */
@Model
@Quantize
public final class SqueezeNet {
  @Input(shape = {224, 224, 3})
  Layer image;

  @Conv2D(filters = 64, kernelSize = 3, strides = 2)
  @Relu
  Layer stem;

  @MaxPool2D(poolSize = 3, strides = 2)
  Layer pool1;

  @Fire(squeeze = 16, expand = 64)
  Layer fire2;

  @Fire(squeeze = 16, expand = 64)
  Layer fire3;

  @MaxPool2D(poolSize = 3, strides = 2)
  Layer pool3;

  @Fire(squeeze = 32, expand = 128)
  Layer fire4;

  @Fire(squeeze = 32, expand = 128)
  Layer fire5;

  @MaxPool2D(poolSize = 3, strides = 2)
  Layer pool5;

  @Fire(squeeze = 48, expand = 192)
  Layer fire6;

  @Fire(squeeze = 48, expand = 192)
  Layer fire7;

  @Fire(squeeze = 64, expand = 256)
  Layer fire8;

  @Fire(squeeze = 64, expand = 256)
  Layer fire9;

  @Dropout(rate = 0.5)
  Layer dropped;

  @Conv2D(filters = 1000, kernelSize = 1)
  @Relu
  Layer classes;

  @GlobalAveragePool2D Layer logits;
}
