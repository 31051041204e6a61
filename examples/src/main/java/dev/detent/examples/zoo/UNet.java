package dev.detent.examples.zoo;

import dev.detent.annotations.Bind;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Conv2DTranspose;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Variant;

/**
 * U-Net (Ronneberger et al., 2015, figure 1) with padded convolutions, so that the answer has the
 * size of the image; and a small variant.
 */
@Model
@Quantize
@Variant(
    name = "UNetSmall",
    value = {"width = 8", "size = 64"})
public final class UNet {
  static final int width = 64;
  static final int size = 256;

  @Input
  @Bind("shape = {size, size, 1}")
  Layer image;

  @ConvPair
  @Bind("filters = width")
  Layer down1;

  @MaxPool2D(poolSize = 2)
  Layer half;

  @ConvPair
  @Bind("filters = 2 * width")
  Layer down2;

  @MaxPool2D(poolSize = 2)
  Layer quarter;

  @ConvPair
  @Bind("filters = 4 * width")
  Layer down3;

  @MaxPool2D(poolSize = 2)
  Layer eighth;

  @ConvPair
  @Bind("filters = 8 * width")
  Layer down4;

  @MaxPool2D(poolSize = 2)
  Layer sixteenth;

  @ConvPair
  @Bind("filters = 16 * width")
  Layer bottom;

  @Conv2DTranspose(kernelSize = 2, strides = 2)
  @Bind("filters = 8 * width")
  Layer wider4;

  @Concat({"down4", "wider4"})
  Layer both4;

  @ConvPair
  @Bind("filters = 8 * width")
  Layer up4;

  @Conv2DTranspose(kernelSize = 2, strides = 2)
  @Bind("filters = 4 * width")
  Layer wider3;

  @Concat({"down3", "wider3"})
  Layer both3;

  @ConvPair
  @Bind("filters = 4 * width")
  Layer up3;

  @Conv2DTranspose(kernelSize = 2, strides = 2)
  @Bind("filters = 2 * width")
  Layer wider2;

  @Concat({"down2", "wider2"})
  Layer both2;

  @ConvPair
  @Bind("filters = 2 * width")
  Layer up2;

  @Conv2DTranspose(kernelSize = 2, strides = 2)
  @Bind("filters = width")
  Layer wider1;

  @Concat({"down1", "wider1"})
  Layer both1;

  @ConvPair
  @Bind("filters = width")
  Layer up1;

  @Conv2D(filters = 2, kernelSize = 1)
  Layer classes;
}
