package dev.detent.processor.shape;

import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Pair;
import java.util.Optional;

/** Positions of a window that slides over an image, or over a sequence, which is one row of it. */
final class Windows {
  private static final Pair ONE = new Pair(1, 1);

  private Windows() {}

  /** One direction's positions; 0 if there is none. */
  static int positions(int size, int window, int stride, int dilation, Padding padding) {
    long covered = (window - 1L) * dilation + 1;
    return switch (padding) {
      case SAME, CAUSAL -> (size - 1) / stride + 1;
      case VALID -> covered > size ? 0 : (int) ((size - covered) / stride + 1);
    };
  }

  /** The positions of a kernel, each with the channels of the input. */
  static Optional<Shape> ofKernel(UnshapedLayer layer) {
    return slide(
        layer,
        AttributeKey.KERNEL_SIZE,
        layer.get(AttributeKey.STRIDES),
        layer.get(AttributeKey.DILATION_RATE));
  }

  /** The positions of a pooling's window, each with the channels of the input. */
  static Optional<Shape> ofPool(UnshapedLayer layer) {
    Pair window = layer.get(AttributeKey.POOL_SIZE);
    return slide(
        layer, AttributeKey.POOL_SIZE, layer.get(AttributeKey.POOL_STRIDES).orElse(window), ONE);
  }

  private static Optional<Shape> slide(
      UnshapedLayer layer, AttributeKey<Pair> key, Pair strides, Pair dilation) {
    Pair window = layer.get(key);
    Padding padding = layer.get(AttributeKey.PADDING);
    Shape in = layer.input();
    boolean isSequence = in.rank() == 2;
    int width =
        positions(
            in.size(in.rank() - 2), window.width(), strides.width(), dilation.width(), padding);
    int height =
        isSequence
            ? 1
            : positions(in.size(0), window.height(), strides.height(), dilation.height(), padding);
    if (height > 0 && width > 0) {
      return Optional.of(isSequence ? in.with(0, width) : in.with(0, height).with(1, width));
    }
    Object size = isSequence ? window.width() : window;
    Object rate = isSequence ? dilation.width() : dilation;
    return layer.refuse(
        Message.S02_WINDOW,
        layer.at(key),
        layer.declaration().name(),
        dilation.isAboveOne() ? size + " with dilationRate " + rate : size,
        layer.shaped(0));
  }
}
