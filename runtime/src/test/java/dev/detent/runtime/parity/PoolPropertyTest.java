package dev.detent.runtime.parity;

import static dev.detent.runtime.parity.OneLayer.windows;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.Kernels;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Poolings and batch norms alone of random shapes, paddings and ranges: graph against interpreter.
 */
class PoolPropertyTest {
  private static final int EXAMPLES = 24;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange SCALED = ActivationRange.learned("y/scaled", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  /** An image of height 1 is a sequence. */
  @Property
  void windowsAreExact(
      @ForAll boolean isAverage,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 4) int windowHeight,
      @ForAll @IntRange(min = 1, max = 4) int windowWidth,
      @ForAll @IntRange(min = 1, max = 3) int strideHeight,
      @ForAll @IntRange(min = 1, max = 3) int strideWidth,
      @ForAll Padding padding,
      @ForAll boolean isRelu,
      @ForAll @IntRange(min = -2, max = 2) int mean) {
    Assume.that(padding != Padding.CAUSAL);
    Assume.that(padding == Padding.SAME || (windowHeight <= height && windowWidth <= width));
    Activation fused = isRelu ? Activation.RELU : Activation.NONE;
    isExact(
        (n, x) ->
            (isAverage ? n.averagePool2d("y", x) : n.maxPool2d("y", x))
                .poolSize(windowHeight, windowWidth)
                .strides(strideHeight, strideWidth)
                .padding(padding)
                .activation(fused)
                .output(
                    X,
                    windows(height, windowHeight, strideHeight, 1, padding),
                    windows(width, windowWidth, strideWidth, 1, padding),
                    5),
        0,
        true,
        mean,
        height,
        width,
        5);
  }

  /** XNNPACK rounds means its own way: see {@link MeanParityTest}. */
  @Property
  void globalPoolsAreExact(
      @ForAll boolean isMean,
      @ForAll boolean isSequence,
      @ForAll boolean keepDims,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = -2, max = 2) int mean) {
    int[] shape = isSequence ? new int[] {width, 6} : new int[] {height, width, 6};
    int[] axes = isSequence ? new int[] {1} : new int[] {1, 2};
    isExact(
        (n, x) ->
            isMean
                ? OneOperation.reduced(n.mean("y", x), x, keepDims, Y, axes)
                : OneOperation.reduced(n.reduceMax("y", x), x, keepDims, X, axes),
        0,
        !isMean,
        mean,
        shape);
  }

  /**
   * XNNPACK rounds products its own way: see {@link BatchNormParityTest}. The built-in ADD brings
   * both numbers to a common scale in steps of 2^-20, each rounded, before it adds them: where the
   * real sum is that near to a tie, as one in 100,000 is, the kernel may take the other side.
   */
  @Property
  void batchNormsAloneAreExactButForTies(
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll @IntRange(min = 0, max = 6) int rows,
      @ForAll boolean center,
      @ForAll boolean scale,
      @ForAll boolean isRelu,
      @ForAll @IntRange(min = -2, max = 2) int mean) {
    Activation fused = isRelu ? Activation.RELU : Activation.NONE;
    ActivationRange y = isRelu ? Y.nonNegative() : Y;
    isExact(
        (n, x) ->
            n.batchNormShift(
                    "y",
                    n.batchNormScale("y/scaled", x)
                        .layer("y")
                        .batchNorm(0.99, 0.001, center, scale)
                        .output(SCALED, x.shape()))
                .activation(fused)
                .output(y, x.shape()),
        1,
        false,
        mean,
        rows == 0 ? new int[] {channels} : new int[] {rows, 2, channels});
  }

  private void isExact(
      BiFunction<NetworkBuilder, Tensor, Tensor> operation,
      int ties,
      boolean onXnnpackToo,
      double mean,
      int... shape) {
    Random random = new Random(shape[0] * 31L + shape.length);
    TinyModel model = OneOperation.of(X, operation, shape).shuffled(random);
    float[][] data = Parity.gaussian(random, EXAMPLES, mean, 1.5, Parity.elements(shape));
    try (Parity parity = Parity.of(model, data)) {
      parity.isExactButFor(ties, Kernels.BUILT_IN);
      if (onXnnpackToo) {
        parity.isExact(Kernels.XNNPACK);
      }
    }
  }
}
