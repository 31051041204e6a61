package dev.detent.examples.bits;

import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.Weights;
import dev.detent.annotations.scheme.TfliteInt4Weights;

/** Weights of 4 bits, but for the first and the last layer's 8; activations of 8 bits. */
final class FourBitWeights {
  private FourBitWeights() {}

  /** Ranges that the data have. */
  @Model
  @Quantize(scheme = TfliteInt4Weights.class)
  static final class MinMax {
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    @QuantizeConfig(weights = @Weights(bits = 8))
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @GlobalAveragePool2D Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    @QuantizeConfig(weights = @Weights(bits = 8))
    Layer logits;

    @Softmax Layer probabilities;
  }

  /** LSQ. */
  @Model
  @Quantize(scheme = TfliteInt4Weights.class)
  @Lsq
  static final class Learned {
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    @Lsq(bits = 8)
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @GlobalAveragePool2D Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    @Lsq(bits = 8)
    Layer logits;

    @Softmax Layer probabilities;
  }

  /** PACT. */
  @Model
  @Quantize(scheme = TfliteInt4Weights.class)
  @Clipped
  static final class Clipping {
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    @Clipped(bits = 8)
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @GlobalAveragePool2D Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    @Clipped(bits = 8)
    Layer logits;

    @Softmax Layer probabilities;
  }
}
