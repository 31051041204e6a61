package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.network.WeightedStep;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Layers with weights of random shapes, strides, paddings, ranges and weights: graph against
 * interpreter, on both sets of kernels. {@code -Ddetent.tries=500} makes a long run of it.
 */
class WeightedLayerPropertyTest {

  @Property
  void convolutions(
      @ForAll("windows") Windows w,
      @ForAll @IntRange(min = 1, max = 4) int groups,
      @ForAll @IntRange(min = 1, max = 3) int in,
      @ForAll @IntRange(min = 1, max = 3) int out,
      @ForAll("layers") RandomLayer layer) {
    layer.holds(
        w.taps() * in,
        w.layer(groups * in, groups * out),
        (n, x) -> w.of(n.conv2d("y", x).kernel(w.kernelHeight, w.kernelWidth, in, groups * out)));
  }

  @Property
  void depthwiseConvolutions(
      @ForAll("windows") Windows w,
      @ForAll @IntRange(min = 1, max = 9) int in,
      @ForAll @IntRange(min = 1, max = 3) int multiplier,
      @ForAll("layers") RandomLayer layer) {
    layer.holds(
        w.taps(),
        w.layer(in, in * multiplier),
        (n, x) ->
            w.of(n.depthwiseConv2d("y", x).kernel(w.kernelHeight, w.kernelWidth, in, multiplier)));
  }

  /** Kernels as large as the strides: else some pixels are the bias, one value many times over. */
  @Property
  void transposedConvolutions(
      @ForAll("windows") Windows w,
      @ForAll @IntRange(min = 1, max = 5) int in,
      @ForAll @IntRange(min = 1, max = 5) int out,
      @ForAll @IntRange(min = 0, max = 2) int added,
      @ForAll("layers") RandomLayer layer) {
    int kernelHeight = Math.max(w.kernelHeight, w.strideHeight);
    int kernelWidth = Math.max(w.kernelWidth, w.strideWidth);
    boolean isSame = w.padding == Padding.SAME;
    // Sizes whose convolution has the input's size, and that the export takes.
    int height =
        Math.max(
            w.strideHeight,
            (w.height - 1) * w.strideHeight
                + (isSame ? 1 : kernelHeight)
                + Math.min(added, w.strideHeight - 1));
    int width =
        Math.max(
            w.strideWidth,
            (w.width - 1) * w.strideWidth
                + (isSame ? 1 : kernelWidth)
                + Math.min(added, w.strideWidth - 1));
    layer.holds(
        in,
        OneLayer.reading(w.height, w.width, in).yielding(height, width, out),
        (n, x) ->
            n.transposeConv("y", x)
                .kernel(kernelHeight, kernelWidth, out, in)
                .strides(w.strideHeight, w.strideWidth)
                .padding(w.padding));
  }

  @Property
  void denseLayers(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 4) int rows,
      @ForAll @IntRange(min = 1, max = 40) int in,
      @ForAll @IntRange(min = 1, max = 20) int units,
      @ForAll("layers") RandomLayer layer) {
    int[] shape =
        switch (rank) {
          case 1 -> new int[] {in};
          case 2 -> new int[] {rows, in};
          default -> new int[] {2, rows, in};
        };
    int[] result = shape.clone();
    result[rank - 1] = units;
    layer.holds(
        in,
        OneLayer.reading(shape).yielding(result),
        (n, x) -> n.fullyConnected("y", x).kernel(in, units));
  }

  // ---------------------------------------------------------------- what is drawn

  /** A window over an image; only strides or only dilations are above 1. */
  record Windows(
      int height,
      int width,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth,
      Padding padding) {

    /** Those that can be inside the image at once. */
    int taps() {
      return Math.min(height, kernelHeight) * Math.min(width, kernelWidth);
    }

    /** From {@code in} channels to {@code out}. */
    OneLayer layer(int in, int out) {
      return OneLayer.reading(height, width, in)
          .yielding(
              OneLayer.windows(height, kernelHeight, strideHeight, dilationHeight, padding),
              OneLayer.windows(width, kernelWidth, strideWidth, dilationWidth, padding),
              out);
    }

    WeightedStep of(WeightedStep convolution) {
      return convolution
          .strides(strideHeight, strideWidth)
          .dilations(dilationHeight, dilationWidth)
          .padding(padding);
    }

    private boolean fits() {
      return padding == Padding.SAME
          || (height > (kernelHeight - 1) * dilationHeight
              && width > (kernelWidth - 1) * dilationWidth);
    }
  }

  @Provide
  Arbitrary<Windows> windows() {
    Arbitrary<Integer> size = Arbitraries.integers().between(1, 10);
    Arbitrary<Integer> kernel = Arbitraries.integers().between(1, 4);
    Arbitrary<Integer> step = Arbitraries.integers().between(1, 3);
    return Combinators.combine(
            size,
            size,
            kernel,
            kernel,
            step,
            step,
            Arbitraries.of(true, false),
            Arbitraries.of(Padding.SAME, Padding.VALID))
        .as(
            (height, width, kernelHeight, kernelWidth, stepY, stepX, isDilated, padding) ->
                new Windows(
                    height,
                    width,
                    kernelHeight,
                    kernelWidth,
                    isDilated ? 1 : stepY,
                    isDilated ? 1 : stepX,
                    isDilated ? stepY : 1,
                    isDilated ? stepX : 1,
                    padding))
        .filter(Windows::fits);
  }

  @Provide
  Arbitrary<RandomLayer> layers() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000_000),
            Arbitraries.of(Activation.NONE, Activation.RELU, Activation.RELU6),
            either,
            either,
            either,
            Arbitraries.of(0.0, 0.5, -1.0),
            Arbitraries.of(1.0, 0.5, 4.0))
        .as(RandomLayer::new);
  }
}
