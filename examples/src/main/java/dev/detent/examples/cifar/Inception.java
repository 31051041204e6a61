package dev.detent.examples.cifar;

import dev.detent.annotations.AveragePool2D;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Softmax;

/**
 * A small network of branches, after Szegedy et al., 2015: photographs of 32 by 32 pixels from 0 to
 * 255, ten classes.
 *
 * <p>It is the hard case for shared scales. The inputs of a concatenation share one scale however
 * unequal their ranges are: here some end in ReLU, some in ReLU6, some have no activation and
 * become negative. A max pooling passes on the scale of its input, so that those among the branches
 * tie the concatenation to what comes before it: the stem, {@code mixed1} with all its branches and
 * {@code mixed2} with all of its have the same scale.
 */
@Model
@Quantize
public final class Inception {
  private static final double L2 = 1e-4;

  @Input(shape = {32, 32, 3})
  Layer image;

  @Conv2D(
      filters = 32,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer stem;

  @MaxPool2D(poolSize = 3, strides = 2, padding = Padding.SAME)
  Layer stemPool;

  // 16 by 16: four branches, one of them the pooled input itself
  @Conv2D(
      filters = 16,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "stemPool")
  @BatchNorm
  @Relu6
  Layer narrow1;

  @Conv2D(
      filters = 16,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "stemPool")
  @BatchNorm
  @Relu
  Layer reduce1;

  @Conv2D(
      filters = 24,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer wide1;

  @Conv2D(
      filters = 8,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "stemPool")
  @BatchNorm
  @Relu
  Layer squeeze1;

  @Conv2D(
      filters = 12,
      kernelSize = 5,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer linear1;

  @MaxPool2D(poolSize = 3, strides = 1, padding = Padding.SAME, from = "stemPool")
  Layer pooled1;

  @Concat({"narrow1", "wide1", "linear1", "pooled1"})
  Layer mixed1;

  // to 8 by 8: three branches
  @Conv2D(
      filters = 48,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "mixed1")
  @BatchNorm
  @Relu
  Layer halved2;

  @Conv2D(
      filters = 24,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "mixed1")
  @BatchNorm
  @Relu
  Layer reduce2;

  @Conv2D(
      filters = 40,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer wide2;

  @MaxPool2D(poolSize = 2, from = "mixed1")
  Layer pooled2;

  @Concat({"halved2", "wide2", "pooled2"})
  Layer mixed2;

  // 8 by 8: four branches, each with a convolution at its end
  @Conv2D(
      filters = 32,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "mixed2")
  @BatchNorm
  @Relu
  Layer narrow3;

  @Conv2D(
      filters = 32,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "mixed2")
  @BatchNorm
  @Relu
  Layer reduce3;

  @Conv2D(
      filters = 48,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer wide3;

  @Conv2D(
      filters = 16,
      kernelSize = 1,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "mixed2")
  @BatchNorm
  @Relu
  Layer squeeze3;

  @Conv2D(
      filters = 24,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer wider3;

  @Conv2D(
      filters = 24,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer linear3;

  @MaxPool2D(poolSize = 3, strides = 1, padding = Padding.SAME, from = "mixed2")
  Layer pooled3;

  @Conv2D(filters = 24, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu6
  Layer projected3;

  @Concat({"narrow3", "wide3", "linear3", "projected3"})
  Layer mixed3;

  @AveragePool2D(poolSize = 8)
  Layer pool;

  @Flatten Layer flat;

  @Dense(units = 10)
  Layer logits;

  @Softmax Layer probabilities;
}
