package dev.detent.examples.layers;

import dev.detent.annotations.Elu;
import dev.detent.annotations.Gelu;
import dev.detent.annotations.HardSigmoid;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.HardTanh;
import dev.detent.annotations.Input;
import dev.detent.annotations.L2Normalize;
import dev.detent.annotations.Layer;
import dev.detent.annotations.LeakyRelu;
import dev.detent.annotations.LogSoftmax;
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

/** Every activation on a field of its own. */
@Model
@Quantize
class LoneActivations {
  @Input(shape = {4, 5, 6})
  Layer image;

  @Relu @Output Layer relu;

  @Relu6(from = "image")
  @Output
  Layer relu6;

  @Relu(maxValue = 2.5, from = "image")
  @Output
  Layer ceiling;

  @Relu(negativeSlope = 0.1, maxValue = 1.5, from = "image")
  @Output
  Layer slopeAndCeiling;

  @HardTanh(from = "image")
  @Output
  Layer hardTanh;

  @LeakyRelu(negativeSlope = 0.2, from = "image")
  @Output
  Layer leakyRelu;

  @PRelu(from = "image")
  @Output
  Layer prelu;

  @Elu(from = "image")
  @Output
  Layer elu;

  @HardSwish(from = "image")
  @Output
  Layer hardSwish;

  @HardSigmoid(from = "image")
  @Output
  Layer hardSigmoid;

  @Sigmoid(from = "image")
  @Output
  Layer sigmoid;

  @Tanh(from = "image")
  @Output
  Layer tanh;

  @Swish(from = "image")
  @Output
  Layer swish;

  @Gelu(approximate = true, from = "image")
  @Output
  Layer gelu;

  @Softmax(from = "image")
  @Output
  Layer softmax;

  @LogSoftmax(axis = 3, from = "image")
  @Output
  Layer logSoftmax;

  @L2Normalize(from = "image")
  @Output
  Layer unit;
}
