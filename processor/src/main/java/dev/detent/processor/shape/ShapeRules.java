package dev.detent.processor.shape;

import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.Pair;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of shape rules: one row a layer. */
final class ShapeRules {
  private static final Pair ONE = new Pair(1, 1);

  private ShapeRules() {}

  static ShapeRule of(OperationKind kind) {
    return switch (kind) {
      case INPUT -> ShapeRules::input;
      case CONV_2D -> ShapeRules::conv2d;
      case DEPTHWISE_CONV_2D -> ShapeRules::depthwiseConv2d;
      case DENSE -> ShapeRules::dense;
      case MAX_POOL_2D, AVERAGE_POOL_2D -> ShapeRules::pool;
      case GLOBAL_AVERAGE_POOL_2D, GLOBAL_MAX_POOL_2D -> ShapeRules::globalPool;
      case FLATTEN -> ShapeRules::flatten;
      case RESHAPE -> ShapeRules::reshape;
      case ZERO_PAD_2D -> ShapeRules::zeroPad;
      case ADD, MULTIPLY, SUBTRACT, MAXIMUM, MINIMUM, AVERAGE -> MergeShapes::broadcast;
      case CONCAT -> MergeShapes::concat;
      case PERMUTE -> ArrangedShapes::permute;
      case ZERO_PAD_1D -> ArrangedShapes::zeroPad1D;
      case CROP_1D -> PartShapes::crop1D;
      case CROP_2D -> PartShapes::crop2D;
      case SLICE -> PartShapes::slice;
      case SPLIT -> PartShapes::split;
      case SPACE_TO_DEPTH -> ArrangedShapes::spaceToDepth;
      case DEPTH_TO_SPACE -> ArrangedShapes::depthToSpace;
      case UP_SAMPLE_2D -> ArrangedShapes::upSample;
      case RESIZE -> ArrangedShapes::resize;
      case MEAN, SUM, MAX -> ReducedShapes::reduce;
      case REPEAT_VECTOR -> ArrangedShapes::repeat;
      case PAD -> ArrangedShapes::mirrorPad;
      case DROPOUT,
          GAUSSIAN_NOISE,
          RELU,
          RELU6,
          HARD_TANH,
          LEAKY_RELU,
          ELU,
          HARD_SWISH,
          HARD_SIGMOID,
          SIGMOID,
          TANH,
          SWISH,
          GELU,
          EXPONENTIAL ->
          ShapeRules::same;
      case CONV_1D -> ConvolutionShapes::conv1d;
      case SEPARABLE_CONV_2D -> ConvolutionShapes::separableConv2d;
      case SEPARABLE_CONV_1D -> ConvolutionShapes::separableConv1d;
      case CONV_2D_TRANSPOSE -> ConvolutionShapes::conv2dTranspose;
      case BATCH_NORM -> NormalizationShapes::batchNorm;
      case MAX_POOL_1D, AVERAGE_POOL_1D -> SequencePoolShapes::pool;
      case GLOBAL_AVERAGE_POOL_1D, GLOBAL_MAX_POOL_1D -> SequencePoolShapes::globalPool;
      case SPATIAL_DROPOUT_1D -> SequencePoolShapes::same;
      case SPATIAL_DROPOUT_2D -> ShapeRules::sameImage;
      case SOFTMAX, LOG_SOFTMAX -> ActivationShapes::overLastAxis;
      case PRELU -> ActivationShapes::prelu;
      case L2_NORMALIZE -> ActivationShapes::l2Normalize;
      case BATCH_MAT_MUL -> AttentionShapes::batchMatMul;
      case SCALED_DOT_PRODUCT_ATTENTION -> AttentionShapes::scaledDotProductAttention;
      case MULTI_HEAD_ATTENTION -> AttentionShapes::multiHeadAttention;
      case LSTM -> RecurrentShapes::lstm;
      case GRU -> RecurrentShapes::gru;
      case LAYER_NORM -> TableShapes::layerNorm;
      case EMBEDDING -> TableShapes::embedding;
      case POSITION_EMBEDDING -> TableShapes::positionEmbedding;
      case CUSTOM -> ShapeRules::custom;
    };
  }

  private static Optional<Inferred> input(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return Inferred.plain(new Shape(layer.attributes().get(AttributeKey.INPUT_SHAPE)));
  }

  private static Optional<Inferred> custom(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return layer
        .custom()
        .orElseThrow()
        .sizing()
        .of(
            inputs.stream().map(Shape::sizes).toList(),
            layer.name(),
            layer.source().operation(),
            reporter)
        .map(
            sizes -> {
              Shape output = new Shape(sizes.output());
              return new Inferred(
                  output,
                  Optional.empty(),
                  output.channels(),
                  sizes.multiplyAccumulates(),
                  0,
                  sizes.weights());
            });
  }

  private static Optional<Inferred> conv2d(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!isImage(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    int filters = attributes.get(AttributeKey.FILTERS);
    Pair window = attributes.get(AttributeKey.KERNEL_SIZE);
    int groups = attributes.get(AttributeKey.GROUPS);
    int in = inputs.get(0).channels();
    if (!ConvolutionShapes.dividesChannels(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    Shape kernel = Shape.of(window.height(), window.width(), in / groups, filters);
    return convolve(layer, inputs.get(0), reporter)
        .map(
            image ->
                new Inferred(
                    image.with(2, filters),
                    Optional.of(kernel),
                    filters,
                    multiply(image.size(0), image.size(1), kernel.elements())));
  }

  private static Optional<Inferred> depthwiseConv2d(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!isImage(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    int multiplier = attributes.get(AttributeKey.DEPTH_MULTIPLIER);
    Pair window = attributes.get(AttributeKey.KERNEL_SIZE);
    int in = inputs.get(0).channels();
    long out = (long) in * multiplier;
    if (out > Integer.MAX_VALUE) {
      reportTooLarge(layer, "channels in its output", reporter);
      return Optional.empty();
    }
    Shape kernel = Shape.of(window.height(), window.width(), in, multiplier);
    return convolve(layer, inputs.get(0), reporter)
        .map(
            image ->
                new Inferred(
                    image.with(2, (int) out),
                    Optional.of(kernel),
                    (int) out,
                    multiply(image.size(0), image.size(1), kernel.elements())));
  }

  private static Optional<Shape> convolve(LayerDeclaration layer, Shape image, Reporter reporter) {
    Attributes attributes = layer.attributes();
    return Windows.slide(
        layer,
        image,
        attributes.get(AttributeKey.KERNEL_SIZE),
        attributes.get(AttributeKey.STRIDES),
        attributes.get(AttributeKey.DILATION_RATE),
        attributes.get(AttributeKey.PADDING),
        attributes.at(AttributeKey.KERNEL_SIZE),
        reporter);
  }

  private static Optional<Inferred> dense(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape in = inputs.get(0);
    int units = layer.attributes().get(AttributeKey.UNITS);
    Shape kernel = Shape.of(in.channels(), units);
    return Optional.of(
        new Inferred(
            in.with(in.rank() - 1, units),
            Optional.of(kernel),
            units,
            multiply(in.elements() / in.channels(), 1, kernel.elements())));
  }

  private static Optional<Inferred> pool(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!isImage(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    Pair window = attributes.get(AttributeKey.POOL_SIZE);
    Padding padding = attributes.get(AttributeKey.PADDING);
    return Windows.slide(
            layer,
            inputs.get(0),
            window,
            attributes.get(AttributeKey.POOL_STRIDES).orElse(window),
            ONE,
            padding,
            attributes.at(AttributeKey.POOL_SIZE),
            reporter)
        .flatMap(Inferred::plain);
  }

  private static Optional<Inferred> globalPool(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!isImage(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    int channels = inputs.get(0).channels();
    return Inferred.plain(
        layer.attributes().get(AttributeKey.KEEP_DIMS)
            ? Shape.of(1, 1, channels)
            : Shape.of(channels));
  }

  private static Optional<Inferred> flatten(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return Inferred.plain(Shape.of((int) inputs.get(0).elements()));
  }

  private static Optional<Inferred> reshape(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    List<Integer> wanted = layer.attributes().get(AttributeKey.RESHAPE_SHAPE);
    long known = 1;
    for (int size : wanted) {
      known = multiply(known, 1, Math.abs(size));
    }
    long elements = inputs.get(0).elements();
    int open = wanted.indexOf(-1);
    if (open < 0 ? known == elements : elements % known == 0) {
      List<Integer> sizes = new ArrayList<>(wanted);
      if (open >= 0) {
        sizes.set(open, (int) (elements / known));
      }
      return Inferred.plain(new Shape(sizes));
    }
    reporter.report(
        DiagnosticId.SHAPE_RESHAPE,
        layer.attributes().at(AttributeKey.RESHAPE_SHAPE),
        reads(layer, inputs.get(0))
            + ", which are "
            + elements
            + " values, but the shape "
            + wanted
            + (open < 0 ? " has " + known : " needs a multiple of " + known)
            + ". Choose sizes whose product is "
            + elements
            + ".");
    return Optional.empty();
  }

  private static Optional<Inferred> zeroPad(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!isImage(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    Shape image = inputs.get(0);
    Margins margins = layer.attributes().get(AttributeKey.MARGINS);
    long height = (long) margins.top() + image.size(0) + margins.bottom();
    long width = (long) margins.left() + image.size(1) + margins.right();
    if (Math.max(height, width) > Integer.MAX_VALUE) {
      reportTooLarge(layer, "values in its output", reporter);
      return Optional.empty();
    }
    return Inferred.plain(Shape.of((int) height, (int) width, image.channels()));
  }

  private static Optional<Inferred> same(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return Inferred.plain(inputs.get(0));
  }

  private static Optional<Inferred> sameImage(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return isImage(layer, inputs.get(0), reporter)
        ? Inferred.plain(inputs.get(0))
        : Optional.empty();
  }

  static boolean isImage(LayerDeclaration layer, Shape shape, Reporter reporter) {
    if (shape.rank() == 3) {
      return true;
    }
    reporter.report(
        DiagnosticId.SHAPE_RANK,
        layer.source().inputs().get(0),
        reads(layer, shape)
            + ", but @"
            + layer.annotation()
            + " takes an image, [height, width, channels]. Let it read an image, or put a @Reshape"
            + " between them.");
    return false;
  }

  static void reportTooLarge(LayerDeclaration layer, String what, Reporter reporter) {
    reporter.report(
        DiagnosticId.SHAPE_TOO_LARGE,
        layer.source().operation(),
        "Layer '"
            + layer.name()
            + "' has more than "
            + Integer.MAX_VALUE
            + " "
            + what
            + ", which is more than one tensor holds. Use smaller sizes.");
  }

  static String reads(LayerDeclaration layer, Shape shape) {
    return "Layer '" + layer.name() + "' reads '" + layer.inputs().get(0) + "' of shape " + shape;
  }

  /** A product, or {@link Long#MAX_VALUE} if that is more than a long holds. */
  static long multiply(long a, long b, long c) {
    double estimate = (double) a * b * c;
    return estimate > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : a * b * c;
  }
}
