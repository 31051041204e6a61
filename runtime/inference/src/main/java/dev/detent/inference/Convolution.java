package dev.detent.inference;

import java.util.Arrays;

/**
 * CONV_2D and DEPTHWISE_CONV_2D: a convolution in groups, of which a depthwise one has one for each
 * channel.
 *
 * <p>In 8 bits, either each input channel becomes a plane of integers with its padding, and a whole
 * plane is multiplied by one weight at a time; with strides there are as many smaller planes as
 * pixels in a stride, so that every tap is a shifted plane. Or, where the image is smaller than
 * there are channels, the weights of all output channels are multiplied by one value at a time.
 */
final class Convolution {
  /** Results of one channel that are computed together: sums of some rows stay in the cache. */
  private static final int TILE = 1024;

  private final Tensor x;
  private final Tensor y;
  private final Window window;
  private final int groups;

  /** Of one group. */
  private final int inputs;

  /** Of one group. */
  private final int outputs;

  private final int taps;

  private Convolution(Node node, Tensor x, Tensor y, Window window, int groups, int inputs) {
    this.x = x;
    this.y = y;
    this.window = window;
    this.groups = groups;
    this.inputs = inputs;
    outputs = y.size(3) / groups;
    taps = window.height() * window.width();
    node.require(
        groups > 0
            && inputs > 0
            && (long) groups * inputs == x.size(3)
            && outputs > 0
            && groups * outputs == y.size(3)
            && x.elements > 0
            && y.elements > 0,
        "it makes %s of %s in %s groups",
        y,
        x,
        groups);
  }

  static Kernel conv2d(Node node) {
    Tensor x = node.input(0);
    Tensor kernel = node.input(1);
    Tensor y = node.output(0);
    Window window = window(node, x, kernel, y, 4);
    int inputs = kernel.size(3);
    node.require(
        inputs > 0 && x.size(3) % inputs == 0 && kernel.size(0) == y.size(3),
        "%s does not fit %s and %s",
        kernel,
        x,
        y);
    int groups = x.size(3) / inputs;
    Convolution convolution = new Convolution(node, x, y, window, groups, inputs);
    return convolution.kernel(node, kernel, false, groups == 1, 3);
  }

  static Kernel depthwise(Node node) {
    Tensor x = node.input(0);
    Tensor kernel = node.input(1);
    Tensor y = node.output(0);
    Window window = window(node, x, kernel, y, 5);
    node.require(
        kernel.size(0) == 1 && kernel.size(3) == y.size(3), "%s does not fit %s", kernel, y);
    Convolution convolution = new Convolution(node, x, y, window, x.size(3), 1);
    return convolution.kernel(node, kernel, true, false, 4);
  }

  private static Window window(Node node, Tensor x, Tensor kernel, Tensor y, int dilation) {
    node.require(kernel.rank() == 4, "its kernel is %s", kernel);
    return Window.of(
        node,
        x,
        y,
        kernel.size(1),
        kernel.size(2),
        node.options.int32(dilation + 1, 1),
        node.options.int32(dilation, 1));
  }

  private Kernel kernel(
      Node node, Tensor weights, boolean isDepthwise, boolean isMatrixProduct, int fused) {
    int channels = y.size(3);
    if (x.isFloat()) {
      node.require(y.isFloat(), "it makes %s of %s", y, x);
      float[] kernel = Products.reals(node, weights);
      float[] bias = Products.realBias(node, 2, channels);
      Node.RealBounds bounds = node.realBounds(fused);
      return memory -> ofReals(memory, kernel, isDepthwise, bias, bounds);
    }
    node.require(x.type == y.type, "it makes %s of %s", y, x);
    byte[] kernel = Products.bytes(node, weights);
    Products products = new Products(node, x, weights, y, channels, isMatrixProduct, false, fused);
    if (x.type == ElementType.INT16) {
      long[] bias = Products.wideBias(node, 2, channels);
      return memory -> of16Bits(memory, kernel, isDepthwise, bias, products);
    }
    if (x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    int[] bias = Products.bias(node, 2, channels);
    int[][] columns = columns(kernel, isDepthwise);
    boolean isByChannel = y.size(1) * y.size(2) < outputs;
    if (isByChannel) {
      node.needs.rows(2, outputs);
      node.needs.line(0, taps * inputs);
      node.needs.line(1, taps * inputs);
      return memory -> byChannel(memory, columns, bias, products);
    }
    Planes planes = Planes.of(y, window);
    node.needs.rows(outputs + 2 + planes.count() * inputs, planes.needed());
    return memory -> byPlane(memory, planes, columns, bias, products);
  }

  /** Of one weight: output channel, tap, input channel of the group. */
  private int place(boolean isDepthwise, int output, int tap, int input) {
    return isDepthwise ? tap * y.size(3) + output : (output * taps + tap) * inputs + input;
  }

  /** The weights of all output channels of a group: {@code [group, tap, input][output]}. */
  private int[][] columns(byte[] kernel, boolean isDepthwise) {
    int[][] columns = new int[groups * taps * inputs][outputs];
    for (int group = 0; group < groups; group++) {
      for (int tap = 0; tap < taps; tap++) {
        for (int input = 0; input < inputs; input++) {
          int[] column = columns[(group * taps + tap) * inputs + input];
          for (int output = 0; output < outputs; output++) {
            column[output] = kernel[place(isDepthwise, group * outputs + output, tap, input)];
          }
        }
      }
    }
    return columns;
  }

  // ---------------------------------------------------------------- 8 bits

  /**
   * The planes of one input channel.
   *
   * @param width of one, padding included
   * @param height of one
   */
  private record Planes(Window window, int width, int height, int tileRows, int columns) {
    static Planes of(Tensor y, Window window) {
      int width = y.size(2) + (window.width() - 1) * window.dilationWidth() / window.strideWidth();
      int height =
          y.size(1) + (window.height() - 1) * window.dilationHeight() / window.strideHeight();
      int tileRows = Math.max(1, Math.min(y.size(1), TILE / width));
      Math.multiplyExact(width, Math.max(height, tileRows));
      return new Planes(window, width, height, tileRows, y.size(2));
    }

    int count() {
      return window.strideHeight() * window.strideWidth();
    }

    int needed() {
      return Math.max(width * height, width * tileRows);
    }

    /** Sums of so many rows of the result, with what lies between them. */
    int length(int someRows) {
      return (someRows - 1) * width + columns;
    }

    /** The plane of a tap among those of a channel. */
    int plane(int tap) {
      int row = tap / window.width() * window.dilationHeight() % window.strideHeight();
      int column = tap % window.width() * window.dilationWidth() % window.strideWidth();
      return row * window.strideWidth() + column;
    }

    /** How far the plane is shifted. */
    int shift(int tap) {
      int row = tap / window.width() * window.dilationHeight() / window.strideHeight();
      int column = tap % window.width() * window.dilationWidth() / window.strideWidth();
      return row * width + column;
    }
  }

  private void byPlane(
      Memory memory, Planes planes, int[][] columns, int[] bias, Products products) {
    byte[] from = memory.bytes(x);
    byte[] to = memory.bytes(y);
    int[][] rows = memory.rows();
    int first = outputs + 2;
    int height = y.size(1);
    for (int b = 0; b < y.size(0); b++) {
      for (int group = 0; group < groups; group++) {
        fill(from, b, group, planes, rows, first);
        for (int row = 0; row < height; row += planes.tileRows) {
          int some = Math.min(planes.tileRows, height - row);
          int length = planes.length(some);
          for (int output = 0; output < outputs; output++) {
            Arrays.fill(rows[output], 0, length, bias[group * outputs + output]);
          }
          multiply(planes, columns, group, row, length, rows);
          write(to, b, group, row, some, planes, rows, products);
        }
      }
    }
  }

  /** Adds to the sums of some rows what all taps yield, two planes and two outputs at a time. */
  private void multiply(
      Planes planes, int[][] columns, int group, int row, int length, int[][] rows) {
    int count = taps * inputs;
    int k = 0;
    for (; k + 1 < count; k += 2) {
      int[] plane = plane(planes, k, row, length, rows, rows[outputs]);
      int[] other = plane(planes, k + 1, row, length, rows, rows[outputs + 1]);
      int[] weights = columns[group * count + k];
      int[] others = columns[group * count + k + 1];
      int o = 0;
      for (; o + 1 < outputs; o += 2) {
        Products.add(
            rows[o],
            rows[o + 1],
            plane,
            weights[o],
            weights[o + 1],
            other,
            others[o],
            others[o + 1],
            length);
      }
      if (o < outputs) {
        Products.add(rows[o], plane, weights[o], other, others[o], length);
      }
    }
    if (k < count) {
      int[] plane = plane(planes, k, row, length, rows, rows[outputs]);
      for (int o = 0; o < outputs; o++) {
        Products.add(rows[o], plane, columns[group * count + k][o], length);
      }
    }
  }

  /**
   * What one tap sees of one input channel, from index 0 on: its plane, or a copy that is moved.
   */
  private int[] plane(Planes planes, int k, int row, int length, int[][] rows, int[] copy) {
    int tap = k / inputs;
    int[] plane = rows[outputs + 2 + planes.plane(tap) + k % inputs * planes.count()];
    int start = row * planes.width + planes.shift(tap);
    if (start == 0) {
      return plane;
    }
    System.arraycopy(plane, start, copy, 0, length);
    return copy;
  }

  /** The distances from the zero point, in planes, with zeros for padding. */
  private void fill(byte[] from, int image, int group, Planes planes, int[][] rows, int first) {
    int count = planes.count();
    int area = planes.width * planes.height;
    for (int i = 0; i < inputs * count; i++) {
      Arrays.fill(rows[first + i], 0, area, 0);
    }
    int zeroPoint = x.zeroPoint();
    int channels = x.size(3);
    int strideHeight = window.strideHeight();
    int strideWidth = window.strideWidth();
    for (int r = 0; r < x.size(1); r++) {
      int padded = r + window.top();
      int planeRow = padded / strideHeight;
      if (planeRow >= planes.height) {
        break;
      }
      for (int k = 0; k < x.size(2); k++) {
        int paddedColumn = k + window.left();
        int planeColumn = paddedColumn / strideWidth;
        if (planeColumn >= planes.width) {
          break;
        }
        int plane = first + padded % strideHeight * strideWidth + paddedColumn % strideWidth;
        int place = planeRow * planes.width + planeColumn;
        int source = ((image * x.size(1) + r) * x.size(2) + k) * channels + group * inputs;
        for (int input = 0; input < inputs; input++) {
          rows[plane + input * count][place] = from[source + input] - zeroPoint;
        }
      }
    }
  }

  private void write(
      byte[] to,
      int image,
      int group,
      int row,
      int some,
      Planes planes,
      int[][] rows,
      Products products) {
    int width = y.size(2);
    int channels = y.size(3);
    for (int output = 0; output < outputs; output++) {
      int channel = group * outputs + output;
      int[] sums = rows[output];
      for (int r = 0; r < some; r++) {
        int place = ((image * y.size(1) + row + r) * width) * channels + channel;
        int start = r * planes.width;
        for (int k = 0; k < width; k++) {
          to[place] = products.integer(sums[start + k], channel);
          place += channels;
        }
      }
    }
  }

  private void byChannel(Memory memory, int[][] columns, int[] bias, Products products) {
    byte[] from = memory.bytes(x);
    byte[] to = memory.bytes(y);
    int[] sums = memory.rows()[0];
    int[] more = memory.rows()[1];
    int[] seen = memory.line(0);
    int[] other = memory.line(1);
    int count = taps * inputs;
    int pixels = y.elements / y.size(3);
    for (int pixel = 0; pixel < pixels; pixel += 2) {
      boolean isPair = pixel + 1 < pixels;
      for (int group = 0; group < groups; group++) {
        int first = group * count;
        System.arraycopy(bias, group * outputs, sums, 0, outputs);
        look(from, pixel, group, seen);
        if (isPair) {
          System.arraycopy(bias, group * outputs, more, 0, outputs);
          look(from, pixel + 1, group, other);
          Products.multiply(sums, more, seen, other, columns, first, count, outputs);
        } else {
          Products.multiply(sums, seen, columns, first, count, outputs);
        }
        int place = pixel * y.size(3) + group * outputs;
        for (int output = 0; output < outputs; output++) {
          to[place + output] = products.integer(sums[output], group * outputs + output);
        }
        for (int output = 0; isPair && output < outputs; output++) {
          to[place + y.size(3) + output] = products.integer(more[output], group * outputs + output);
        }
      }
    }
  }

  /** The distances from the zero point of all that one window sees of a group. */
  private void look(byte[] from, int pixel, int group, int[] seen) {
    int zeroPoint = x.zeroPoint();
    for (int tap = 0; tap < taps; tap++) {
      int source = source(pixel, tap);
      int start = source * x.size(3) + group * inputs;
      for (int input = 0; input < inputs; input++) {
        seen[tap * inputs + input] = source < 0 ? 0 : from[start + input] - zeroPoint;
      }
    }
  }

  /** The pixel that a tap of a result's window sees; -1 outside of the image. */
  private int source(int pixel, int tap) {
    int column = pixel % y.size(2);
    int row = pixel / y.size(2) % y.size(1);
    int image = pixel / y.size(2) / y.size(1);
    int r =
        row * window.strideHeight() - window.top() + tap / window.width() * window.dilationHeight();
    int k =
        column * window.strideWidth()
            - window.left()
            + tap % window.width() * window.dilationWidth();
    boolean isInside = r >= 0 && r < x.size(1) && k >= 0 && k < x.size(2);
    return isInside ? (image * x.size(1) + r) * x.size(2) + k : -1;
  }

  // ---------------------------------------------------------------- 16 bits and float

  private void of16Bits(
      Memory memory, byte[] kernel, boolean isDepthwise, long[] bias, Products products) {
    short[] from = memory.shorts(x);
    short[] to = memory.shorts(y);
    int channels = x.size(3);
    for (int place = 0; place < y.elements; place++) {
      int output = place % y.size(3);
      long sum = bias[output];
      for (int tap = 0; tap < taps; tap++) {
        int source = source(place / y.size(3), tap);
        if (source >= 0) {
          int start = source * channels + output / outputs * inputs;
          int first = place(isDepthwise, output, tap, 0);
          for (int input = 0; input < inputs; input++) {
            sum += from[start + input] * kernel[first + input];
          }
        }
      }
      to[place] = products.wideInteger(sum, output);
    }
  }

  private void ofReals(
      Memory memory, float[] kernel, boolean isDepthwise, float[] bias, Node.RealBounds bounds) {
    float[] from = memory.floats(x);
    float[] to = memory.floats(y);
    int channels = x.size(3);
    for (int place = 0; place < y.elements; place++) {
      int output = place % y.size(3);
      float sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        int source = source(place / y.size(3), tap);
        if (source >= 0) {
          int start = source * channels + output / outputs * inputs;
          int first = place(isDepthwise, output, tap, 0);
          for (int input = 0; input < inputs; input++) {
            sum += from[start + input] * kernel[first + input];
          }
        }
      }
      to[place] = bounds.clamp(sum + bias[output]);
    }
  }
}
