package dev.detent.examples.cifar;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;

/**
 * MobileNetV3 (Howard et al., 2019), the small one cut to photographs of 32 by 32 pixels from 0 to
 * 255 in ten classes: the published kernels, gates and activations, fewer repetitions, and three
 * halvings of the image instead of five.
 *
 * <p>Later blocks have hard-swish for ReLU.
 */
@Model
@Quantize
public final class MobileNetV3 {
  @Input(shape = {32, 32, 3})
  Layer image;

  @Conv2D(
      filters = 16,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = GatedResidual.L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer conv;

  @GatedResidual(expanded = 16, filters = 16, strides = 2, hardSwish = false)
  Layer block1;

  @GatedResidual(expanded = 72, filters = 24, strides = 2, gated = false, hardSwish = false)
  Layer block2;

  @GatedResidual(expanded = 88, filters = 24, gated = false, hardSwish = false)
  Layer block3;

  @GatedResidual(expanded = 96, filters = 40, kernelSize = 5)
  Layer block4;

  @GatedResidual(expanded = 120, filters = 40, kernelSize = 5)
  Layer block5;

  @GatedResidual(expanded = 144, filters = 48, kernelSize = 5, strides = 2)
  Layer block6;

  @GatedResidual(expanded = 192, filters = 48, kernelSize = 5)
  Layer block7;

  @Conv2D(
      filters = 288,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = GatedResidual.L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer last;

  @GlobalAveragePool2D Layer mean;

  @Dense(units = 128, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = GatedResidual.L2)
  @HardSwish(split = true)
  Layer hidden;

  @Dense(units = 10)
  Layer logits;
}
