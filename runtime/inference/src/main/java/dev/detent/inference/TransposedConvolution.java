package dev.detent.inference;

import java.util.Arrays;

/** TRANSPOSE_CONV (reference/integer_ops/transpose_conv.h): each input spreads its taps. */
final class TransposedConvolution {
  private static final int FUSED = 3;

  private final Tensor x;
  private final Tensor y;
  private final int height;
  private final int width;
  private final int strideHeight;
  private final int strideWidth;
  private final int top;
  private final int left;

  private TransposedConvolution(Node node, Tensor x, Tensor kernel, Tensor y) {
    this.x = x;
    this.y = y;
    node.require(
        x.rank() == 4
            && y.rank() == 4
            && kernel.rank() == 4
            && x.size(0) == y.size(0)
            && kernel.size(0) == y.size(3)
            && kernel.size(3) == x.size(3)
            && x.elements > 0
            && y.elements > 0,
        "it makes %s of %s with %s",
        y,
        x,
        kernel);
    height = kernel.size(1);
    width = kernel.size(2);
    strideWidth = node.options.int32(1, 0);
    strideHeight = node.options.int32(2, 0);
    node.require(strideWidth > 0 && strideHeight > 0, "it has a stride of 0");
    top = Window.before(y.size(1), x.size(1), height, strideHeight);
    left = Window.before(y.size(2), x.size(2), width, strideWidth);
  }

  static Kernel of(Node node) {
    Tensor kernel = node.input(1);
    Tensor x = node.input(2);
    Tensor y = node.output(0);
    TransposedConvolution convolution = new TransposedConvolution(node, x, kernel, y);
    int channels = y.size(3);
    if (x.isFloat()) {
      node.require(y.isFloat(), "it makes %s of %s", y, x);
      float[] weights = Products.reals(node, kernel);
      float[] bias = Products.realBias(node, 3, channels);
      Node.RealBounds bounds = node.realBounds(FUSED);
      return memory -> convolution.ofReals(memory, weights, bias, bounds);
    }
    if (x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    node.require(y.type == x.type, "it makes %s of %s", y, x);
    byte[] weights = Products.bytes(node, kernel);
    int[] bias = Products.bias(node, 3, channels);
    Products products = new Products(node, x, kernel, y, channels, false, false, FUSED);
    node.needs.line(0, y.elements);
    return memory -> convolution.ofIntegers(memory, weights, bias, products);
  }

  private void ofIntegers(Memory memory, byte[] weights, int[] bias, Products products) {
    byte[] from = memory.bytes(x);
    byte[] to = memory.bytes(y);
    int[] sums = memory.line(0);
    int channels = y.size(3);
    int inputs = x.size(3);
    Arrays.fill(sums, 0, y.elements, 0);
    for (int pixel = 0; pixel < x.elements / inputs; pixel++) {
      for (int tap = 0; tap < height * width; tap++) {
        int place = place(pixel, tap);
        for (int output = 0; place >= 0 && output < channels; output++) {
          int first = (output * height * width + tap) * inputs;
          int sum = 0;
          for (int input = 0; input < inputs; input++) {
            sum += (from[pixel * inputs + input] - x.zeroPoint()) * weights[first + input];
          }
          sums[place * channels + output] += sum;
        }
      }
    }
    for (int i = 0; i < y.elements; i++) {
      to[i] = products.integer(sums[i] + bias[i % channels], i % channels);
    }
  }

  private void ofReals(Memory memory, float[] weights, float[] bias, Node.RealBounds bounds) {
    float[] from = memory.floats(x);
    float[] to = memory.floats(y);
    int channels = y.size(3);
    int inputs = x.size(3);
    Arrays.fill(to, 0, y.elements, 0);
    for (int pixel = 0; pixel < x.elements / inputs; pixel++) {
      for (int tap = 0; tap < height * width; tap++) {
        int place = place(pixel, tap);
        for (int output = 0; place >= 0 && output < channels; output++) {
          int first = (output * height * width + tap) * inputs;
          float sum = 0;
          for (int input = 0; input < inputs; input++) {
            sum += from[pixel * inputs + input] * weights[first + input];
          }
          to[place * channels + output] += sum;
        }
      }
    }
    for (int i = 0; i < y.elements; i++) {
      to[i] = bounds.clamp(to[i] + bias[i % channels]);
    }
  }

  /** The pixel of the result that a tap adds to; -1 outside. */
  private int place(int pixel, int tap) {
    int column = pixel % x.size(2);
    int row = pixel / x.size(2) % x.size(1);
    int image = pixel / x.size(2) / x.size(1);
    int r = row * strideHeight - top + tap / width;
    int k = column * strideWidth - left + tap % width;
    boolean isInside = r >= 0 && r < y.size(1) && k >= 0 && k < y.size(2);
    return isInside ? (image * y.size(1) + r) * y.size(2) + k : -1;
  }
}
