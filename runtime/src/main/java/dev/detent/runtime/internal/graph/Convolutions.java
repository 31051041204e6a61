package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Padding;
import dev.detent.runtime.network.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The convolutions of TensorFlow, with results and gradients that are right.
 *
 * <p>TensorFlow's C++ gradients of Conv2D and DepthwiseConv2dNative forget the dilation, so that a
 * dilated one would learn from wrong gradients without a word. A dilated convolution is therefore
 * an ordinary one over {@code dilation^2} smaller images, made of every {@code dilation}-th pixel
 * (Chen et al., 2015, DeepLab): the same sums, and its parts have gradients.
 *
 * <p>TensorFlow's Conv2D leaves all rows of the result but the first as they were in memory where
 * the image has one channel, the result one column, and only columns are strided. There each row of
 * windows is an image as wide as the kernel.
 *
 * <p>Where TensorFlow runs without oneDNN, as it does on processors without AVX-512, it has neither
 * gradients of grouped convolutions nor depthwise ones whose strides differ. So that a model trains
 * on any machine, and in the same way, each group is a convolution of its own, and strides that
 * differ pick from the result without strides.
 *
 * <p>Above 1 either strides or dilations may be.
 */
record Convolutions(Ops tf, Operation.Window window) {
  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

  private List<Long> strides() {
    return List.of(1L, (long) window.strideHeight(), (long) window.strideWidth(), 1L);
  }

  /**
   * The convolution of images with {@code [height, width, in / groups, out]}; there are as many
   * groups as the kernel has fewer input channels than the image.
   */
  Operand<TFloat32> conv2d(Operand<TFloat32> x, Operand<TFloat32> kernel) {
    int groups = size(x, 3) / size(kernel, 2);
    if (groups == 1) {
      return ungrouped(x, kernel);
    }
    var channels = tf.constant(3);
    List<Output<TFloat32>> images = tf.split(channels, x, (long) groups).output();
    List<Output<TFloat32>> kernels = tf.split(channels, kernel, (long) groups).output();
    List<Operand<TFloat32>> results = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      results.add(ungrouped(images.get(group), kernels.get(group)));
    }
    return tf.concat(results, channels);
  }

  private Operand<TFloat32> ungrouped(Operand<TFloat32> x, Operand<TFloat32> kernel) {
    if (isDilated()) {
      return dilated(x, kernel, image -> tf.nn.conv2d(image, kernel, ONES, Padding.VALID.name()));
    }
    return isColumn(x, kernel)
        ? tf.nn.conv2d(column(x, kernel), kernel, ONES, Padding.VALID.name())
        : tf.nn.conv2d(x, kernel, strides(), window.padding().name());
  }

  /** The convolution of each channel with {@code [height, width, in, multiplier]}. */
  Operand<TFloat32> depthwise(Operand<TFloat32> x, Operand<TFloat32> kernel) {
    UnaryOperator<Operand<TFloat32>> plain =
        image -> tf.nn.depthwiseConv2dNative(image, kernel, ONES, Padding.VALID.name());
    if (isDilated()) {
      return dilated(x, kernel, plain);
    }
    return window.strideHeight() == window.strideWidth()
        ? tf.nn.depthwiseConv2dNative(x, kernel, strides(), window.padding().name())
        : picked(plain.apply(padded(x, kernel)));
  }

  /** The image with what the padding adds at its edges. */
  private Operand<TFloat32> padded(Operand<TFloat32> x, Operand<TFloat32> kernel) {
    if (window.padding() == Padding.VALID) {
      return x;
    }
    int rows = missing(size(x, 1), size(kernel, 0), window.strideHeight());
    int columns = missing(size(x, 2), size(kernel, 1), window.strideWidth());
    return tf.pad(
        x,
        tf.constant(
            new int[][] {
              {0, 0}, {rows / 2, rows - rows / 2}, {columns / 2, columns - columns / 2}, {0, 0}
            }),
        tf.constant(0f));
  }

  /** What padding adds so that each {@code stride}-th element has a window. */
  private static int missing(int size, int taps, int stride) {
    return Math.max(0, (size - 1) / stride * stride + taps - size);
  }

  /** Every {@code stride}-th result of a convolution without strides. */
  private Operand<TFloat32> picked(Operand<TFloat32> y) {
    var all = Indices.all();
    return tf.stridedSlice(
        y, all, Indices.step(window.strideHeight()), Indices.step(window.strideWidth()), all);
  }

  /**
   * The transposed convolution of images with {@code [height, width, out, in]}: what a convolution
   * does to the gradient of its input.
   */
  Operand<TFloat32> transposed(
      Operand<TFloat32> x, Operand<TFloat32> kernel, int height, int width) {
    var batch =
        tf.reshape(
            tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
            tf.constant(new int[0]));
    int channels = Math.toIntExact(kernel.shape().get(2));
    var size =
        tf.stack(List.of(batch, tf.constant(height), tf.constant(width), tf.constant(channels)));
    return tf.nn.conv2dBackpropInput(size, kernel, x, strides(), window.padding().name());
  }

  /** Whether the image has one channel, a row one window, and only columns are strided. */
  private boolean isColumn(Operand<TFloat32> x, Operand<TFloat32> kernel) {
    int width = size(x, 2);
    return size(x, 3) == 1
        && window.strideHeight() == 1
        && window.strideWidth() > 1
        && (window.padding() == Padding.SAME ? width : width - size(kernel, 1) + 1)
            <= window.strideWidth();
  }

  /** What the only window of each row sees, and the rows that are added at the edges. */
  private Operand<TFloat32> column(Operand<TFloat32> x, Operand<TFloat32> kernel) {
    var taps = tf.constant(new int[] {-1, -1, size(kernel, 1), -1});
    return tf.slice(padded(x, kernel), tf.constant(new int[4]), taps);
  }

  private static int size(Operand<TFloat32> tensor, int axis) {
    return Math.toIntExact(tensor.shape().get(axis));
  }

  private boolean isDilated() {
    return window.dilationHeight() > 1 || window.dilationWidth() > 1;
  }

  private Operand<TFloat32> dilated(
      Operand<TFloat32> x, Operand<TFloat32> kernel, UnaryOperator<Operand<TFloat32>> convolution) {
    if (window.strideHeight() > 1 || window.strideWidth() > 1) {
      throw new IllegalArgumentException("strides and dilation cannot both be above 1");
    }
    Margin rows = margin(x, kernel, 0, window.dilationHeight());
    Margin columns = margin(x, kernel, 1, window.dilationWidth());
    var block = tf.constant(new int[] {window.dilationHeight(), window.dilationWidth()});
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
    int size = size(x, axis + 1);
    int taps = size(kernel, axis);
    int added = window.padding() == Padding.SAME ? (taps - 1) * dilation : 0;
    int filled = Math.floorMod(-(size + added), dilation);
    return new Margin(added / 2, added - added / 2, filled);
  }
}
