package dev.detent.runtime.internal.tflite.write;

import dev.detent.annotations.Padding;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.network.Operation.Window;
import dev.detent.runtime.network.Tensor;
import java.util.List;

/**
 * A convolution with SAME padding and strides so large that the last pixels of a dimension are in
 * no window: becomes the same convolution without padding, after a PAD where the other dimension
 * needs one, which is the same numbers.
 *
 * <p>XNNPACK (TFLite 2.20, float and int8 alike) computes it wrongly, unless the kernel is a single
 * pixel; the built-in kernels do not. Pixels are left over where {@code (output - 1) * stride +
 * (taps - 1) * dilation + 1 < input}: with one tap for an input of 8 pixels and stride 2, with two
 * taps for one of 3 pixels and stride 3.
 */
final class WindowsShortOfTheEnd {
  private WindowsShortOfTheEnd() {}

  /** The operation itself, or the two that stand for it. */
  static List<Operation> replaced(Operation operation) {
    if (!(operation instanceof Weighted convolution)
        || convolution.kind() == Weighted.Kind.TRANSPOSE_CONV
        || convolution.window().padding() != Padding.SAME) {
      return List.of(operation);
    }
    Tensor x = convolution.x();
    int[] image = x.shape();
    int[] kernel = convolution.weights().kernel();
    Window window = convolution.window();
    var height = new Extent(image[0], kernel[0], window.strideHeight(), window.dilationHeight());
    var width = new Extent(image[1], kernel[1], window.strideWidth(), window.dilationWidth());
    boolean isPixel = height.taps() == 1 && width.taps() == 1;
    if (isPixel || !(height.skipsTheEnd() || width.skipsTheEnd())) {
      return List.of(operation);
    }
    if (height.padding() + width.padding() == 0) {
      return List.of(convolution.reading(x, window.valid()));
    }
    Tensor padded =
        new Tensor(
            convolution.name() + "/pad",
            x.range(),
            image[0] + height.padding(),
            image[1] + width.padding(),
            image[2]);
    return List.of(
        new Operation.Pad(
            x,
            null,
            List.of(height.before(), width.before(), 0),
            List.of(height.after(), width.after(), 0),
            padded),
        convolution.reading(padded, window.valid()));
  }

  /** One dimension of the convolution. */
  private record Extent(int input, int taps, int stride, int dilation) {
    int output() {
      return (input + stride - 1) / stride;
    }

    /** What the windows cover. */
    private int covered() {
      return (output() - 1) * stride + (taps - 1) * dilation + 1;
    }

    boolean skipsTheEnd() {
      return covered() < input;
    }

    int padding() {
      return Math.max(0, covered() - input);
    }

    int before() {
      return padding() / 2;
    }

    int after() {
      return padding() - before();
    }
  }
}
