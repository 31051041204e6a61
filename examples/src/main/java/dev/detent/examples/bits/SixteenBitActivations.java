package dev.detent.examples.bits;

import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Softmax;
import dev.detent.annotations.scheme.TfliteInt16x8;

/** Activations of 16 bits, weights of 8. */
final class SixteenBitActivations {
  private SixteenBitActivations() {}

  /** Ranges that the data have. */
  @Model
  @Quantize(scheme = TfliteInt16x8.class)
  static final class MinMax {
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @GlobalAveragePool2D Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    Layer logits;

    @Softmax Layer probabilities;
  }

  /** LSQ. */
  @Model
  @Quantize(scheme = TfliteInt16x8.class)
  @Lsq
  static final class Learned {
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @GlobalAveragePool2D Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    Layer logits;

    @Softmax Layer probabilities;
  }

  /** PACT. */
  @Model
  @Quantize(scheme = TfliteInt16x8.class)
  @Clipped
  static final class Clipping {
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @GlobalAveragePool2D Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    Layer logits;

    @Softmax Layer probabilities;
  }
}
