package dev.detent.examples.segmentation;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Conv2DTranspose;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;

/**
 * A small U-Net (Ronneberger, Fischer and Brox, 2015) for images of 48 by 48 pixels from 0 to 1:
 * which of four classes each pixel shows.
 *
 * <p>Three halvings of the image on the way down, three transposed convolutions on the way up, and
 * after each of those what was there before the halving of the same size, side by side. Unlike the
 * published one it pads, so that the answer is as large as the image, and has batch norm.
 */
@Model
@Quantize
public final class UNet {
  private static final int FINE = 8;
  private static final int MIDDLE = 16;
  private static final int COARSE = 32;
  private static final int COARSEST = 64;

  @Input(shape = {48, 48, 3})
  Layer image;

  @Conv2D(
      filters = FINE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer down1a;

  @Conv2D(
      filters = FINE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer down1b;

  @MaxPool2D(poolSize = 2)
  Layer half;

  @Conv2D(
      filters = MIDDLE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer down2a;

  @Conv2D(
      filters = MIDDLE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer down2b;

  @MaxPool2D(poolSize = 2)
  Layer quarter;

  @Conv2D(
      filters = COARSE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer down3a;

  @Conv2D(
      filters = COARSE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer down3b;

  @MaxPool2D(poolSize = 2)
  Layer eighth;

  @Conv2D(
      filters = COARSEST,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer bottom1;

  @Conv2D(
      filters = COARSEST,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer bottom2;

  @Conv2DTranspose(
      filters = COARSE,
      kernelSize = 2,
      strides = 2,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer enlarged3;

  @Concat({"down3b", "enlarged3"})
  Layer both3;

  @Conv2D(
      filters = COARSE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer up3a;

  @Conv2D(
      filters = COARSE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer up3b;

  @Conv2DTranspose(
      filters = MIDDLE,
      kernelSize = 2,
      strides = 2,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer enlarged2;

  @Concat({"down2b", "enlarged2"})
  Layer both2;

  @Conv2D(
      filters = MIDDLE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer up2a;

  @Conv2D(
      filters = MIDDLE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer up2b;

  @Conv2DTranspose(
      filters = FINE,
      kernelSize = 2,
      strides = 2,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer enlarged1;

  @Concat({"down1b", "enlarged1"})
  Layer both1;

  @Conv2D(
      filters = FINE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer up1a;

  @Conv2D(
      filters = FINE,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer up1b;

  @Conv2D(filters = 4, kernelSize = 1)
  Layer logits;
}
