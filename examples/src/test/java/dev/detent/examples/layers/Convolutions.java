package dev.detent.examples.layers;

import dev.detent.annotations.Add;
import dev.detent.annotations.AveragePool1D;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv1D;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Conv2DTranspose;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.GaussianNoise;
import dev.detent.annotations.GlobalAveragePool1D;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.GlobalMaxPool1D;
import dev.detent.annotations.GlobalMaxPool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool1D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Reshape;
import dev.detent.annotations.SeparableConv1D;
import dev.detent.annotations.SeparableConv2D;
import dev.detent.annotations.SpatialDropout1D;
import dev.detent.annotations.SpatialDropout2D;
import dev.detent.annotations.ZeroPad2D;

/** Small networks of every layer with weights, as a user writes them. */
final class Convolutions {
  private Convolutions() {}

  /** One-dimensional layers with a residual connection. */
  @Model
  @Quantize
  static class Sequence {
    @Input(shape = {32, 3})
    Layer signal;

    @Conv1D(filters = 8, kernelSize = 5, strides = 2, padding = Padding.SAME)
    @BatchNorm
    @Relu
    Layer stem;

    @Conv1D(filters = 8, kernelSize = 3, padding = Padding.SAME, dilationRate = 2)
    Layer inner;

    @Add({"stem", "inner"})
    @Relu
    Layer sum;

    @SpatialDropout1D(rate = 0.1)
    Layer dropped;

    @MaxPool1D Layer pooled;

    @SeparableConv1D(filters = 12, kernelSize = 3, depthMultiplier = 2, padding = Padding.SAME)
    @BatchNorm
    @Relu6
    Layer separable;

    @AveragePool1D(poolSize = 2, strides = 1)
    Layer smooth;

    @BatchNorm @Relu Layer norm;

    @GlobalAveragePool1D Layer mean;

    @GlobalMaxPool1D(from = "norm", keepDims = true)
    Layer most;

    @Flatten Layer flat;

    @Concat({"mean", "flat"})
    Layer both;

    @Dense(units = 4)
    Layer logits;
  }

  /** Grouped, separable and transposed convolutions. */
  @Model
  @Quantize
  static class Images {
    @Input(shape = {12, 12, 4})
    Layer image;

    @GaussianNoise(stddev = 0.05)
    Layer noisy;

    @Conv2D(filters = 8, kernelSize = 3, groups = 2, padding = Padding.SAME)
    @BatchNorm
    @Relu
    Layer grouped;

    @SeparableConv2D(filters = 12, kernelSize = 3, strides = 2, padding = Padding.SAME)
    @Relu
    Layer separable;

    @SpatialDropout2D(rate = 0.1)
    Layer dropped;

    @DepthwiseConv2D(
        kernelSize = 3,
        strides = {1, 2},
        depthMultiplier = 2,
        padding = Padding.SAME)
    Layer narrow;

    @Conv2DTranspose(
        filters = 6,
        kernelSize = 3,
        strides = {2, 4},
        padding = Padding.SAME)
    @BatchNorm
    @Relu
    Layer wide;

    @GlobalMaxPool2D Layer most;

    @Dense(units = 4)
    Layer logits;

    @Conv2DTranspose(from = "narrow", filters = 1, kernelSize = 2, strides = 2, outputPadding = 1)
    @Output
    Layer mask;

    @Dense(from = "wide", units = 3)
    @BatchNorm
    @Output
    Layer pixels;

    @Dense(from = "logits", units = 2)
    @Output
    Layer answer;
  }

  /** Two branches with the same weights. */
  @Model
  @Quantize
  static class Siamese {
    @Input(shape = {8, 8, 1})
    Layer left;

    @Conv2D(filters = 6, kernelSize = 3, kernelL2 = 1e-4)
    @BatchNorm(momentum = 0.9)
    @Relu
    Layer leftConv;

    @SeparableConv2D(filters = 8, kernelSize = 3)
    Layer leftSeparable;

    @GlobalAveragePool2D Layer leftMean;

    @Dense(units = 5)
    Layer leftFeatures;

    @Input(shape = {8, 8, 1})
    Layer right;

    @Conv2D(filters = 6, kernelSize = 3, sharedWith = "leftConv")
    @BatchNorm(momentum = 0.9)
    @Relu
    Layer rightConv;

    @SeparableConv2D(filters = 8, kernelSize = 3, sharedWith = "leftSeparable")
    Layer rightSeparable;

    @GlobalAveragePool2D Layer rightMean;

    @Dense(units = 5, sharedWith = "leftFeatures")
    Layer rightFeatures;

    @Concat({"leftFeatures", "rightFeatures"})
    Layer both;

    @Dense(units = 2)
    Layer same;
  }

  /** Batch norms on fields of their own: three that are folded, and three that are not. */
  @Model
  @Quantize
  static class Norms {
    @Input(shape = {6, 6, 3})
    Layer image;

    @Conv2D(filters = 8, kernelSize = 3, useBias = false)
    Layer conv;

    @BatchNorm @Relu Layer direct;

    @Conv2D(filters = 8, kernelSize = 3)
    Layer second;

    @Reshape(shape = {4, 8})
    Layer rows;

    @BatchNorm @Relu6 Layer across;

    @Reshape(shape = {2, 2, 8})
    Layer square;

    @Conv2D(filters = 8, kernelSize = 1)
    Layer third;

    @ZeroPad2D(padding = 1)
    Layer padded;

    @BatchNorm Layer behindZeros;

    @Dropout(rate = 0.1)
    Layer dropped;

    @BatchNorm(scale = false)
    @Relu
    Layer behindNothing;

    @Flatten Layer flat;

    @Dense(units = 6)
    Layer dense;

    @BatchNorm(center = false)
    Layer ofDense;

    @Dense(units = 3)
    Layer logits;
  }
}
