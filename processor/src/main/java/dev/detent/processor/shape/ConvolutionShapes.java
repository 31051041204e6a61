package dev.detent.processor.shape;

import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Pair;
import java.util.Optional;

/** The shape rules of layers with kernels; a kernel over a sequence is one row of one. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  static Optional<Inferred> dense(UnshapedLayer layer) {
    Shape in = layer.input();
    int units = layer.get(AttributeKey.UNITS);
    return Optional.of(
        Inferred.weighted(in.withChannels(units), Shape.of(in.channels(), units), in));
  }

  static Optional<Inferred> convolution(UnshapedLayer layer, Shape in) {
    int filters = layer.get(AttributeKey.FILTERS);
    int groups = layer.get(AttributeKey.GROUPS);
    if (in.channels() % groups != 0 || filters % groups != 0) {
      return layer.refuse(
          Message.S20_GROUPS,
          layer.at(AttributeKey.GROUPS),
          layer.declaration().name(),
          groups,
          in.channels(),
          layer.declaration().inputs().get(0),
          filters);
    }
    return Windows.ofKernel(layer)
        .map(
            windows ->
                Inferred.weighted(
                    windows.withChannels(filters),
                    kernel(layer, in.channels() / groups, filters),
                    windows));
  }

  static Optional<Inferred> depthwise(UnshapedLayer layer, Shape in) {
    int multiplier = layer.get(AttributeKey.DEPTH_MULTIPLIER);
    long out = (long) in.channels() * multiplier;
    if (out > Integer.MAX_VALUE) {
      return layer.tooLarge("channels in its output");
    }
    return Windows.ofKernel(layer)
        .map(
            windows ->
                Inferred.weighted(
                    windows.withChannels((int) out),
                    kernel(layer, in.channels(), multiplier),
                    windows));
  }

  /** The kernel is that of the second convolution; the first one's is counted in addition. */
  static Optional<Inferred> separable(UnshapedLayer layer, Shape in) {
    return Windows.ofKernel(layer)
        .flatMap(
            windows -> {
              Pair window = layer.get(AttributeKey.KERNEL_SIZE);
              int filters = layer.get(AttributeKey.FILTERS);
              long between = (long) in.channels() * layer.get(AttributeKey.DEPTH_MULTIPLIER);
              long depthwise = Inferred.product(window.height(), window.width(), between);
              if (Math.max(between, depthwise) > Integer.MAX_VALUE) {
                return layer.tooLarge("values of its first kernel");
              }
              return Optional.of(
                  Inferred.weighted(
                      windows.withChannels(filters),
                      Shape.of(1, 1, (int) between, filters),
                      windows,
                      depthwise));
            });
  }

  static Optional<Inferred> transposed(UnshapedLayer layer, Shape in) {
    Pair window = layer.get(AttributeKey.KERNEL_SIZE);
    Pair strides = layer.get(AttributeKey.STRIDES);
    Padding padding = layer.get(AttributeKey.PADDING);
    Optional<Pair> added = layer.get(AttributeKey.OUTPUT_PADDING);
    boolean isSequence = in.rank() == 2;
    int rows = isSequence ? 1 : in.size(0);
    int columns = in.size(in.rank() - 2);
    long height =
        isSequence
            ? 1
            : enlarged(rows, window.height(), strides.height(), padding, added.map(Pair::height));
    long width =
        enlarged(columns, window.width(), strides.width(), padding, added.map(Pair::width));
    if (Math.max(height, width) > Integer.MAX_VALUE) {
      return layer.tooLarge("values of its output");
    }
    String size =
        isSequence ? width + (width == 1 ? " step long" : " steps long") : height + " by " + width;
    if (!comesFrom(rows, height, window.height(), strides.height(), padding)
        || !comesFrom(columns, width, window.width(), strides.width(), padding)) {
      return layer.refuse(
          Message.S21_OUTPUT_PADDING,
          layer.at(AttributeKey.OUTPUT_PADDING),
          layer.declaration().name(),
          size,
          isSequence ? window.width() : window,
          isSequence ? strides.width() : strides,
          in);
    }
    if (height < strides.height() || width < strides.width()) {
      return layer.refuse(
          Message.S21_OUTPUT_TOO_SMALL,
          layer.at(AttributeKey.OUTPUT_PADDING),
          layer.declaration().name(),
          size,
          isSequence ? strides.width() : strides);
    }
    int filters = layer.get(AttributeKey.FILTERS);
    Shape output =
        isSequence ? Shape.of((int) width, filters) : Shape.of((int) height, (int) width, filters);
    return Optional.of(Inferred.weighted(output, kernel(layer, filters, in.channels()), in));
  }

  /** Keras's {@code deconv_output_length}. */
  private static long enlarged(
      int size, int window, int stride, Padding padding, Optional<Integer> added) {
    if (added.isEmpty()) {
      return (long) size * stride + (padding == Padding.VALID ? Math.max(window - stride, 0) : 0);
    }
    long cut = padding == Padding.SAME ? 2L * (window / 2) : 0;
    return (size - 1L) * stride + window - cut + added.get();
  }

  private static boolean comesFrom(
      int size, long enlarged, int window, int stride, Padding padding) {
    return enlarged >= 1 && Windows.positions((int) enlarged, window, stride, 1, padding) == size;
  }

  private static Shape kernel(UnshapedLayer layer, int third, int fourth) {
    Pair window = layer.get(AttributeKey.KERNEL_SIZE);
    return Shape.of(window.height(), window.width(), third, fourth);
  }
}
