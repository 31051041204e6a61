package dev.detent.examples.bits;

import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;

/** 8 bits with scales that are powers of two: simulated, for a chip. */
final class ShiftScales {
  private ShiftScales() {}

  /** Ranges that the data have. */
  @Model
  @Quantize(scheme = PowerOfTwoScales.class)
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
  }

  /** LSQ. */
  @Model
  @Quantize(scheme = PowerOfTwoScales.class)
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
  }

  /** PACT. */
  @Model
  @Quantize(scheme = PowerOfTwoScales.class)
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
  }
}
