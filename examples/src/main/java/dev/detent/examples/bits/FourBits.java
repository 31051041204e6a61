package dev.detent.examples.bits;

import dev.detent.annotations.Activations;
import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Weights;
import dev.detent.annotations.scheme.AnyWidth;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.Pact;

/**
 * 4 bits, but for what the network reads, what its last layer reads and yields, and the weights of
 * its first and last layer (Esser et al., 2020, section 3): simulated, as TFLite has no such
 * kernels.
 */
final class FourBits {
  private FourBits() {}

  /** Ranges that the data have. */
  @Model
  @Quantize(scheme = AnyWidth.class)
  @QuantizeConfig(bits = 4)
  static final class MinMax {
    @QuantizeConfig(bits = 8)
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    @QuantizeConfig(weights = @Weights(bits = 8), activations = @Activations(bits = 4))
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @QuantizeConfig(bits = 8)
    @GlobalAveragePool2D
    Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    @QuantizeConfig(bits = 8)
    Layer logits;
  }

  /** LSQ. */
  @Model
  @Quantize(scheme = AnyWidth.class)
  @Lsq(bits = 4)
  static final class Learned {
    @Lsq(bits = 8)
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    @QuantizeConfig(
        weights = @Weights(bits = 8, quantizer = LearnedStep.class),
        activations = @Activations(bits = 4, quantizer = LearnedStep.class))
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @Lsq(bits = 8)
    @GlobalAveragePool2D
    Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    @Lsq(bits = 8)
    Layer logits;
  }

  /** PACT. */
  @Model
  @Quantize(scheme = AnyWidth.class)
  @Clipped(bits = 4)
  static final class Clipping {
    @Clipped(bits = 8)
    @Input(shape = {32, 32, 3})
    Layer image;

    @ConvUnit(filters = 16)
    @QuantizeConfig(
        weights = @Weights(bits = 8),
        activations = @Activations(bits = 4, quantizer = Pact.class))
    Layer conv;

    @ResidualUnit(filters = 16)
    Layer sum1;

    @ResidualUnit(filters = 32, strides = 2)
    Layer sum2;

    @ResidualUnit(filters = 64, strides = 2)
    Layer sum3;

    @Clipped(bits = 8)
    @GlobalAveragePool2D
    Layer pool;

    @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
    @Clipped(bits = 8)
    Layer logits;
  }
}
