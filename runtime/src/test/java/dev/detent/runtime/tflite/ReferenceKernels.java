package dev.detent.runtime.tflite;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Requantization.FixedPoint;

/**
 * TFLite's int8 arithmetic, written down plainly from its specification and kernels, to compare the
 * real ones with. Images are {@code [height, width, channels]} arrays; kernels are in TensorFlow's
 * layout.
 */
final class ReferenceKernels {
  private ReferenceKernels() {}

  /** Sizes of an image. */
  record Shape(int height, int width, int channels) {
    int elements() {
      return height * width * channels;
    }

    int index(int y, int x, int c) {
      return (y * width + x) * channels + c;
    }
  }

  static int outputSize(Padding padding, int input, int window, int stride, int dilation) {
    int reach = (window - 1) * dilation + 1;
    return padding == Padding.SAME
        ? (input + stride - 1) / stride
        : (input - reach + stride) / stride;
  }

  static int before(Padding padding, int input, int window, int stride, int dilation) {
    if (padding == Padding.VALID) {
      return 0;
    }
    int reach = (window - 1) * dilation + 1;
    int output = outputSize(padding, input, window, stride, dilation);
    return Math.max(0, (output - 1) * stride + reach - input) / 2;
  }

  static byte clamped(int value, Encoding output, Activation activation) {
    int lowest = -128;
    int highest = 127;
    if (activation == Activation.RELU || activation == Activation.RELU6) {
      lowest = Math.max(lowest, output.zeroPoint());
    }
    if (activation == Activation.RELU6) {
      highest = Math.min(highest, output.zeroPoint() + (int) Math.round(6.0 / output.scale()));
    }
    if (activation == Activation.RELU_N1_TO_1) {
      int one = (int) Math.round(1.0 / output.scale());
      lowest = Math.max(lowest, output.zeroPoint() - one);
      highest = Math.min(highest, output.zeroPoint() + one);
    }
    return (byte) Math.max(lowest, Math.min(highest, value));
  }

  /** CONV_2D and DEPTHWISE_CONV_2D. */
  static byte[] convolution(
      byte[] x,
      Shape in,
      Encoding inEncoding,
      LayerWeights weights,
      Operation.Weighted layer,
      Encoding outEncoding,
      Requantization requantization) {
    Operation.Window window = layer.window();
    Padding padding = window.padding();
    boolean isDepthwise = layer.kind() == Operation.Weighted.Kind.DEPTHWISE_CONV_2D;
    int[] k = weights.kernelShape();
    int channels = isDepthwise ? k[2] * k[3] : k[3];
    Shape out =
        new Shape(
            outputSize(padding, in.height(), k[0], window.strideHeight(), window.dilationHeight()),
            outputSize(padding, in.width(), k[1], window.strideWidth(), window.dilationWidth()),
            channels);
    int top = before(padding, in.height(), k[0], window.strideHeight(), window.dilationHeight());
    int left = before(padding, in.width(), k[1], window.strideWidth(), window.dilationWidth());
    byte[] result = new byte[out.elements()];
    for (int y = 0; y < out.height(); y++) {
      for (int xx = 0; xx < out.width(); xx++) {
        for (int c = 0; c < channels; c++) {
          int sum = weights.bias() == null ? 0 : (int) weights.bias()[c];
          for (int i = 0; i < k[0]; i++) {
            for (int j = 0; j < k[1]; j++) {
              int row = y * window.strideHeight() - top + i * window.dilationHeight();
              int column = xx * window.strideWidth() - left + j * window.dilationWidth();
              if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
                continue;
              }
              int first = isDepthwise ? c / k[3] : 0;
              int last = isDepthwise ? first + 1 : k[2];
              for (int d = first; d < last; d++) {
                int at =
                    isDepthwise
                        ? ((i * k[1] + j) * k[2] + d) * k[3] + c % k[3]
                        : ((i * k[1] + j) * k[2] + d) * k[3] + c;
                sum +=
                    (x[in.index(row, column, d)] - inEncoding.zeroPoint())
                        * (int) weights.kernel()[at];
              }
            }
          }
          result[out.index(y, xx, c)] =
              requantized(
                  sum, inEncoding, weights, c, outEncoding, layer.activation(), requantization);
        }
      }
    }
    return result;
  }

  /** FULLY_CONNECTED. */
  static byte[] fullyConnected(
      byte[] x,
      Encoding inEncoding,
      LayerWeights weights,
      Activation activation,
      Encoding outEncoding,
      Requantization requantization) {
    int units = weights.kernelShape()[1];
    byte[] result = new byte[units];
    for (int c = 0; c < units; c++) {
      int sum = weights.bias() == null ? 0 : (int) weights.bias()[c];
      for (int i = 0; i < x.length; i++) {
        sum += (x[i] - inEncoding.zeroPoint()) * (int) weights.kernel()[i * units + c];
      }
      result[c] = requantized(sum, inEncoding, weights, c, outEncoding, activation, requantization);
    }
    return result;
  }

  private static byte requantized(
      int sum,
      Encoding in,
      LayerWeights weights,
      int channel,
      Encoding out,
      Activation activation,
      Requantization requantization) {
    float scale = weights.scales()[weights.scales().length == 1 ? 0 : channel];
    double multiplier =
        requantization == Requantization.FLOAT
            ? in.scale() * scale / out.scale()
            : weights.scales().length == 1
                ? (double) (in.scale() * scale) / out.scale()
                : (double) in.scale() * scale / out.scale();
    return clamped(requantization.scaled(sum, multiplier) + out.zeroPoint(), out, activation);
  }

  /** ADD of the built-in kernels: both inputs shifted by 20 bits (kernels/add.cc). */
  static byte[] add(
      byte[] a, Encoding ea, byte[] b, Encoding eb, Activation activation, Encoding out) {
    int shift = 20;
    double twice = 2.0 * Math.max(ea.scale(), eb.scale());
    byte[] result = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      int first =
          Requantization.FIXED_POINT.scaled((a[i] - ea.zeroPoint()) << shift, ea.scale() / twice);
      int second =
          Requantization.FIXED_POINT.scaled((b[i] - eb.zeroPoint()) << shift, eb.scale() / twice);
      int sum =
          Requantization.FIXED_POINT.scaled(
              first + second, twice / ((double) (1 << shift) * out.scale()));
      result[i] = clamped(sum + out.zeroPoint(), out, activation);
    }
    return result;
  }

  /** AVERAGE_POOL_2D: the mean of the integers inside the image, halves away from zero. */
  static byte[] averagePool(byte[] x, Shape in, Operation.Pool pool, Encoding encoding) {
    return pool(
        x,
        in,
        pool,
        encoding,
        (sum, count, largest) -> (sum > 0 ? sum + count / 2 : sum - count / 2) / count);
  }

  /** MAX_POOL_2D. */
  static byte[] maxPool(byte[] x, Shape in, Operation.Pool pool, Encoding encoding) {
    return pool(x, in, pool, encoding, (sum, count, largest) -> largest);
  }

  interface Pooling {
    int of(int sum, int count, int largest);
  }

  static byte[] pool(byte[] x, Shape in, Operation.Pool pool, Encoding encoding, Pooling pooling) {
    Operation.Window window = pool.window();
    Padding padding = window.padding();
    Shape out =
        new Shape(
            outputSize(padding, in.height(), pool.height(), window.strideHeight(), 1),
            outputSize(padding, in.width(), pool.width(), window.strideWidth(), 1),
            in.channels());
    int top = before(padding, in.height(), pool.height(), window.strideHeight(), 1);
    int left = before(padding, in.width(), pool.width(), window.strideWidth(), 1);
    byte[] result = new byte[out.elements()];
    for (int y = 0; y < out.height(); y++) {
      for (int xx = 0; xx < out.width(); xx++) {
        for (int c = 0; c < out.channels(); c++) {
          int sum = 0;
          int count = 0;
          int largest = -128;
          for (int i = 0; i < pool.height(); i++) {
            for (int j = 0; j < pool.width(); j++) {
              int row = y * window.strideHeight() - top + i;
              int column = xx * window.strideWidth() - left + j;
              if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                int value = x[in.index(row, column, c)];
                sum += value;
                count++;
                largest = Math.max(largest, value);
              }
            }
          }
          result[out.index(y, xx, c)] =
              clamped(pooling.of(sum, count, largest), encoding, pool.activation());
        }
      }
    }
    return result;
  }

  /** Rounds halves away from zero. */
  static int rounded(double value) {
    return (int) (value < 0 ? Math.ceil(value - 0.5) : Math.floor(value + 0.5));
  }

  /**
   * MEAN over height and width with the axes gone (reference/reduce.h, QuantizedMeanOrSum): the
   * division by the number of values goes into the multiplier.
   */
  static byte[] mean(byte[] x, Shape in, Encoding from, Encoding to) {
    int count = in.height() * in.width();
    FixedPoint scale = FixedPoint.of((double) from.scale() / to.scale());
    int shift = 31 - Integer.numberOfLeadingZeros(count);
    var divided = new FixedPoint((scale.mantissa() << shift) / count, scale.exponent() - shift);
    byte[] result = new byte[in.channels()];
    for (int c = 0; c < in.channels(); c++) {
      int sum = sum(x, in, c) - count * from.zeroPoint();
      result[c] = clamped(divided.times(sum) + to.zeroPoint(), to, Activation.NONE);
    }
    return result;
  }

  /**
   * MEAN over height and width with the axes kept (optimized/integer_ops/mean.h): the zero point's
   * share is rounded by itself.
   */
  static byte[] meanKeepingDims(byte[] x, Shape in, Encoding from, Encoding to) {
    float count = in.height() * in.width();
    float zero = from.zeroPoint() * from.scale() / to.scale();
    int bias = to.zeroPoint() - (int) (zero + Math.copySign(0.5f, zero));
    FixedPoint scale = FixedPoint.of(from.scale() / (count * to.scale()));
    byte[] result = new byte[in.channels()];
    for (int c = 0; c < in.channels(); c++) {
      result[c] = clamped(scale.times(sum(x, in, c)) + bias, to, Activation.NONE);
    }
    return result;
  }

  /** MEAN in XNNPACK, for different scales: the real mean, rounded once. */
  static byte[] meanRoundedOnce(byte[] x, Shape in, Encoding from, Encoding to) {
    int count = in.height() * in.width();
    byte[] result = new byte[in.channels()];
    for (int c = 0; c < in.channels(); c++) {
      double mean = ((double) sum(x, in, c) / count - from.zeroPoint()) * from.scale();
      result[c] = clamped((int) Math.rint(mean / to.scale()) + to.zeroPoint(), to, Activation.NONE);
    }
    return result;
  }

  private static int sum(byte[] x, Shape in, int channel) {
    int sum = 0;
    for (int i = channel; i < x.length; i += in.channels()) {
      sum += x[i];
    }
    return sum;
  }

  /** RELU and RELU6 on their own, and QUANTIZE of integers, which has no activation. */
  static byte[] rescaled(byte[] x, Encoding from, Encoding to, Activation activation) {
    byte[] result = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      int scaled =
          Requantization.FIXED_POINT.scaled(
              x[i] - from.zeroPoint(), (double) from.scale() / to.scale());
      result[i] = clamped(scaled + to.zeroPoint(), to, activation);
    }
    return result;
  }

  /** SOFTMAX with the output in steps of 1/256 from -128. */
  static byte[] softmax(byte[] x, Encoding from) {
    int largest = -128;
    for (byte value : x) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (byte value : x) {
      sum += Math.exp((double) from.scale() * (value - largest));
    }
    byte[] result = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      double share = Math.exp((double) from.scale() * (x[i] - largest)) / sum;
      result[i] = (byte) Math.min(127, (int) Math.floor(share * 256 + 0.5) - 128);
    }
    return result;
  }
}
