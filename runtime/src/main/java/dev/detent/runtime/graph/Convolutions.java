package dev.detent.runtime.graph;

import dev.detent.annotations.Padding;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The convolutions of TensorFlow, with gradients that are right.
 *
 * <p>TensorFlow's C++ gradients of Conv2D and DepthwiseConv2dNative forget the dilation, so that a
 * dilated one would learn from wrong gradients without a word. A dilated convolution is therefore
 * an ordinary one over {@code dilation^2} smaller images, made of every {@code dilation}-th pixel
 * (Chen et al., 2015, DeepLab): the same sums, and its parts have gradients.
 *
 * @param strideHeight steps between windows
 * @param strideWidth steps between windows
 * @param dilationHeight distance of the taps; above 1 only if all strides are 1
 * @param dilationWidth distance of the taps; above 1 only if all strides are 1
 * @param padding at the edges
 */
record Convolutions(
    int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, Padding padding) {

  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

  /**
   * That windows can have this at their edges.
   *
   * @throws IllegalArgumentException if it is a layer's alone, and an operation of its own here
   */
  static void requireOfKernel(Padding padding, String layer) {
    if (padding == Padding.CAUSAL) {
      throw new IllegalArgumentException(
          "causal padding of '" + layer + "'; put a zero padding in front, and VALID here");
    }
  }

  private List<Long> strides() {
    return List.of(1L, (long) strideHeight, (long) strideWidth, 1L);
  }

  /**
   * The convolution of images with {@code [height, width, in / groups, out]}; there are as many
   * groups as the kernel has fewer input channels than the image.
   */
  Operand<TFloat32> conv2d(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    return isDilated()
        ? dilated(tf, x, kernel, image -> tf.nn.conv2d(image, kernel, ONES, Padding.VALID.name()))
        : tf.nn.conv2d(x, kernel, strides(), padding.name());
  }

  /** The convolution of each channel with {@code [height, width, in, multiplier]}. */
  Operand<TFloat32> depthwise(Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel) {
    return isDilated()
        ? dilated(
            tf,
            x,
            kernel,
            image -> tf.nn.depthwiseConv2dNative(image, kernel, ONES, Padding.VALID.name()))
        : tf.nn.depthwiseConv2dNative(x, kernel, strides(), padding.name());
  }

  /**
   * The transposed convolution of images with {@code [height, width, out, in]}: what a convolution
   * does to the gradient of its input.
   */
  Operand<TFloat32> transposed(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, int height, int width) {
    var batch =
        tf.reshape(
            tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
            tf.constant(new int[0]));
    int channels = Math.toIntExact(kernel.shape().get(2));
    var size =
        tf.stack(List.of(batch, tf.constant(height), tf.constant(width), tf.constant(channels)));
    return tf.nn.conv2dBackpropInput(size, kernel, x, strides(), padding.name());
  }

  private boolean isDilated() {
    return dilationHeight > 1 || dilationWidth > 1;
  }

  private Operand<TFloat32> dilated(
      Ops tf,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      UnaryOperator<Operand<TFloat32>> convolution) {
    if (strideHeight > 1 || strideWidth > 1) {
      throw new IllegalArgumentException("strides and dilation cannot both be above 1");
    }
    Margin rows = margin(x, kernel, 0, dilationHeight);
    Margin columns = margin(x, kernel, 1, dilationWidth);
    var block = tf.constant(new int[] {dilationHeight, dilationWidth});
    var images =
        tf.spaceToBatchNd(
            x,
            block,
            tf.constant(
                new int[][] {
                  {rows.before, rows.after + rows.filled},
                  {columns.before, columns.after + columns.filled}
                }));
    return tf.batchToSpaceNd(
        convolution.apply(images),
        block,
        tf.constant(new int[][] {{0, rows.filled}, {0, columns.filled}}));
  }

  /** What is added at both ends, and then to get a multiple of the dilation. */
  private record Margin(int before, int after, int filled) {}

  private Margin margin(Operand<TFloat32> x, Operand<TFloat32> kernel, int axis, int dilation) {
    int size = Math.toIntExact(x.shape().get(axis + 1));
    int taps = Math.toIntExact(kernel.shape().get(axis));
    int added = padding == Padding.SAME ? (taps - 1) * dilation : 0;
    int filled = Math.floorMod(-(size + added), dilation);
    return new Margin(added / 2, added - added / 2, filled);
  }
}
