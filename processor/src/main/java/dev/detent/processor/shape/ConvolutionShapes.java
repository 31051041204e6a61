package dev.detent.processor.shape;

import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Pair;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;

/** Shapes of the convolutions beside the plain and the depthwise one. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  static Optional<Inferred> conv1d(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape sequence = inputs.get(0);
    if (!SequenceWindows.isSequence(layer, sequence, reporter)
        || !dividesChannels(layer, sequence, reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    int filters = attributes.get(AttributeKey.FILTERS);
    int taps = attributes.get(AttributeKey.KERNEL_SIZE).width();
    int groups = attributes.get(AttributeKey.GROUPS);
    Shape kernel = Shape.of(1, taps, sequence.channels() / groups, filters);
    return slide(layer, sequence, reporter)
        .map(
            steps ->
                new Inferred(
                    Shape.of(steps, filters),
                    Optional.of(kernel),
                    filters,
                    ShapeRules.multiply(1, steps, kernel.elements())));
  }

  static Optional<Inferred> separableConv2d(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape image = inputs.get(0);
    if (!ShapeRules.isImage(layer, image, reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    return Windows.slide(
            layer,
            image,
            attributes.get(AttributeKey.KERNEL_SIZE),
            attributes.get(AttributeKey.STRIDES),
            attributes.get(AttributeKey.DILATION_RATE),
            attributes.get(AttributeKey.PADDING),
            attributes.at(AttributeKey.KERNEL_SIZE),
            reporter)
        .flatMap(
            windows ->
                separable(
                    layer,
                    image.channels(),
                    windows.with(2, attributes.get(AttributeKey.FILTERS)),
                    reporter));
  }

  static Optional<Inferred> separableConv1d(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape sequence = inputs.get(0);
    if (!SequenceWindows.isSequence(layer, sequence, reporter)) {
      return Optional.empty();
    }
    int filters = layer.attributes().get(AttributeKey.FILTERS);
    return slide(layer, sequence, reporter)
        .flatMap(
            steps -> separable(layer, sequence.channels(), Shape.of(steps, filters), reporter));
  }

  /** The kernel is that of the second convolution; the first one's is counted beside it. */
  private static Optional<Inferred> separable(
      LayerDeclaration layer, int in, Shape output, Reporter reporter) {
    Attributes attributes = layer.attributes();
    Pair window = attributes.get(AttributeKey.KERNEL_SIZE);
    long between = (long) in * attributes.get(AttributeKey.DEPTH_MULTIPLIER);
    long depthwise = ShapeRules.multiply(window.height(), window.width(), between);
    if (Math.max(between, depthwise) > Integer.MAX_VALUE) {
      ShapeRules.reportTooLarge(layer, "values of its first kernel", reporter);
      return Optional.empty();
    }
    Shape pointwise = Shape.of(1, 1, (int) between, output.channels());
    long windows = output.elements() / output.channels();
    return Optional.of(
        new Inferred(
            output,
            Optional.of(pointwise),
            output.channels(),
            ShapeRules.multiply(windows, 1, pointwise.elements() + depthwise),
            depthwise));
  }

  static Optional<Inferred> conv2dTranspose(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape image = inputs.get(0);
    if (!ShapeRules.isImage(layer, image, reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    Pair window = attributes.get(AttributeKey.KERNEL_SIZE);
    Pair strides = attributes.get(AttributeKey.STRIDES);
    Padding padding = attributes.get(AttributeKey.PADDING);
    Optional<Pair> added = attributes.get(AttributeKey.OUTPUT_PADDING);
    long height =
        enlarged(
            image.size(0), window.height(), strides.height(), padding, added.map(Pair::height));
    long width =
        enlarged(image.size(1), window.width(), strides.width(), padding, added.map(Pair::width));
    if (Math.max(height, width) > Integer.MAX_VALUE) {
      ShapeRules.reportTooLarge(layer, "values of its output", reporter);
      return Optional.empty();
    }
    if (!comesFrom(image.size(0), height, window.height(), strides.height(), padding)
        || !comesFrom(image.size(1), width, window.width(), strides.width(), padding)) {
      reporter.report(
          DiagnosticId.SHAPE_OUTPUT_PADDING,
          attributes.at(AttributeKey.OUTPUT_PADDING),
          "outputPadding of layer '"
              + layer.name()
              + "' would make its output "
              + height
              + " by "
              + width
              + ", but a convolution of that with kernelSize "
              + window
              + " and strides "
              + strides
              + " does not lead back to its input "
              + image
              + ". Use an outputPadding below the strides.");
      return Optional.empty();
    }
    if (height < strides.height() || width < strides.width()) {
      reporter.report(
          DiagnosticId.SHAPE_OUTPUT_PADDING,
          attributes.at(AttributeKey.OUTPUT_PADDING),
          "outputPadding of layer '"
              + layer.name()
              + "' would make its output "
              + height
              + " by "
              + width
              + ", which is less than its strides "
              + strides
              + ", and TFLite fails on that. Use smaller strides, or remove outputPadding.");
      return Optional.empty();
    }
    int filters = attributes.get(AttributeKey.FILTERS);
    Shape kernel = Shape.of(window.height(), window.width(), filters, image.channels());
    return Optional.of(
        new Inferred(
            Shape.of((int) height, (int) width, filters),
            Optional.of(kernel),
            filters,
            ShapeRules.multiply(image.size(0), image.size(1), kernel.elements())));
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

  private static Optional<Integer> slide(
      LayerDeclaration layer, Shape sequence, Reporter reporter) {
    Attributes attributes = layer.attributes();
    return SequenceWindows.slide(
        layer,
        sequence,
        attributes.get(AttributeKey.KERNEL_SIZE).width(),
        attributes.get(AttributeKey.STRIDES).width(),
        attributes.get(AttributeKey.DILATION_RATE).width(),
        attributes.at(AttributeKey.KERNEL_SIZE),
        reporter);
  }

  /** Whether the groups divide the channels of input and output; else that is reported. */
  static boolean dividesChannels(LayerDeclaration layer, Shape input, Reporter reporter) {
    int groups = layer.attributes().get(AttributeKey.GROUPS);
    int filters = layer.attributes().get(AttributeKey.FILTERS);
    if (input.channels() % groups == 0 && filters % groups == 0) {
      return true;
    }
    reporter.report(
        DiagnosticId.SHAPE_GROUPS,
        layer.attributes().at(AttributeKey.GROUPS),
        "groups of layer '"
            + layer.name()
            + "' is "
            + groups
            + ", which does not divide both the "
            + input.channels()
            + " channels of its input '"
            + layer.inputs().get(0)
            + "' and its "
            + filters
            + " filters. Choose a common divisor of the two.");
    return false;
  }
}
