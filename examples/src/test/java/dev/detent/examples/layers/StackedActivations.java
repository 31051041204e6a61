package dev.detent.examples.layers;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Elu;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Gelu;
import dev.detent.annotations.HardSigmoid;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.HardTanh;
import dev.detent.annotations.Input;
import dev.detent.annotations.L2Normalize;
import dev.detent.annotations.Layer;
import dev.detent.annotations.LeakyRelu;
import dev.detent.annotations.LogSoftmax;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.PRelu;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Sigmoid;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.Swish;
import dev.detent.annotations.Tanh;

/** Every activation behind an operation. */
@Model
@Quantize
class StackedActivations {
  @Input(shape = {6, 6, 4})
  Layer image;

  @Conv2D(filters = 5, kernelSize = 3)
  @BatchNorm
  @Relu(maxValue = 6)
  @Output
  Layer relu6;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @Relu6
  @Output
  Layer alsoRelu6;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @Relu(maxValue = 0.7)
  @Output
  Layer ceiling;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @Relu(negativeSlope = 0.1)
  @Output
  Layer slope;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @HardTanh
  @Output
  Layer hardTanh;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @BatchNorm
  @LeakyRelu
  @Output
  Layer leakyRelu;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @BatchNorm
  @PRelu(sharedAxes = {1, 2})
  @Output
  Layer prelu;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @Elu
  @Output
  Layer elu;

  @DepthwiseConv2D(kernelSize = 3, from = "image")
  @BatchNorm
  @HardSwish
  @Output
  Layer hardSwish;

  @DepthwiseConv2D(kernelSize = 3, from = "image")
  @HardSigmoid
  @Output
  Layer hardSigmoid;

  @MaxPool2D(poolSize = 2, from = "image")
  @Sigmoid
  @Output
  Layer sigmoid;

  @Add({"image", "image"})
  @Tanh
  @Output
  Layer tanh;

  @Conv2D(filters = 5, kernelSize = 3, from = "image")
  @BatchNorm
  @Swish
  @Output
  Layer swish;

  @Conv2D(filters = 5, kernelSize = 1, from = "image")
  @Gelu
  @Output
  Layer gelu;

  @Flatten(from = "image")
  Layer flat;

  @Dense(units = 10)
  @L2Normalize
  @Output
  Layer unit;

  @Dense(units = 10, from = "flat")
  @LogSoftmax
  @Output
  Layer logarithms;

  @Dense(units = 10, from = "flat")
  @Softmax
  @Output
  Layer probabilities;
}
