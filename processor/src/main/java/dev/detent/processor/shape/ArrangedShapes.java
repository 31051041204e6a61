package dev.detent.processor.shape;

import dev.detent.annotations.PadMode;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Ends;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.Pair;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The shape rules of layers that put the values of one tensor in other places. */
final class ArrangedShapes {
  private ArrangedShapes() {}

  static boolean isSequence(LayerDeclaration layer, Shape shape, Reporter reporter) {
    return hasRank(
        layer,
        shape,
        2,
        "a sequence, [steps, channels]. Let it read one, or put a @Reshape between them.",
        reporter);
  }

  private static boolean hasRank(
      LayerDeclaration layer, Shape shape, int rank, String wanted, Reporter reporter) {
    if (shape.rank() == rank) {
      return true;
    }
    reporter.report(
        DiagnosticId.SHAPE_RANK,
        layer.source().inputs().get(0),
        ShapeRules.reads(layer, shape)
            + ", but @"
            + layer.operation().annotation()
            + " takes "
            + wanted);
    return false;
  }

  static Optional<Inferred> permute(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape input = inputs.get(0);
    List<Integer> dims = layer.attributes().get(AttributeKey.DIMS);
    List<Integer> sorted = dims.stream().sorted().toList();
    List<Integer> all = IntStream.rangeClosed(1, input.rank()).boxed().toList();
    if (sorted.equals(all)) {
      return Inferred.plain(new Shape(dims.stream().map(dim -> input.size(dim - 1)).toList()));
    }
    reporter.report(
        DiagnosticId.SHAPE_PERMUTATION,
        layer.attributes().at(AttributeKey.DIMS),
        ShapeRules.reads(layer, input)
            + ", but dims of @Permute is "
            + dims
            + "; it takes each of the axes "
            + all
            + " once: as in Keras, axis 0 is the batch.");
    return Optional.empty();
  }

  static Optional<Inferred> zeroPad1D(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape input = inputs.get(0);
    if (!isSequence(layer, input, reporter)) {
      return Optional.empty();
    }
    Ends ends = layer.attributes().get(AttributeKey.PADDING_ENDS);
    return sized(
        layer, reporter, (long) ends.before() + input.size(0) + ends.behind(), input.channels());
  }

  static Optional<Inferred> spaceToDepth(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape image = inputs.get(0);
    if (!ShapeRules.isImage(layer, image, reporter)) {
      return Optional.empty();
    }
    int block = layer.attributes().get(AttributeKey.BLOCK_SIZE);
    if (image.size(0) % block != 0 || image.size(1) % block != 0) {
      reportBlocks(
          layer, image, block, "blocks of " + block + " by " + block + " do not fill it", reporter);
      return Optional.empty();
    }
    return sized(
        layer,
        reporter,
        image.size(0) / block,
        image.size(1) / block,
        ShapeRules.multiply(image.channels(), block, block));
  }

  static Optional<Inferred> depthToSpace(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape image = inputs.get(0);
    if (!ShapeRules.isImage(layer, image, reporter)) {
      return Optional.empty();
    }
    int block = layer.attributes().get(AttributeKey.BLOCK_SIZE);
    long area = (long) block * block;
    if (image.channels() % area != 0) {
      reportBlocks(
          layer,
          image,
          block,
          "its channels are no multiple of the " + area + " pixels of a block",
          reporter);
      return Optional.empty();
    }
    return sized(
        layer,
        reporter,
        (long) image.size(0) * block,
        (long) image.size(1) * block,
        image.channels() / area);
  }

  private static void reportBlocks(
      LayerDeclaration layer, Shape image, int block, String why, Reporter reporter) {
    reporter.report(
        DiagnosticId.SHAPE_INDIVISIBLE,
        layer.attributes().at(AttributeKey.BLOCK_SIZE),
        ShapeRules.reads(layer, image)
            + ", but blockSize is "
            + block
            + ", and "
            + why
            + ". Choose another blockSize, or bring the image to a multiple above.");
  }

  static Optional<Inferred> upSample(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape image = inputs.get(0);
    if (!ShapeRules.isImage(layer, image, reporter)) {
      return Optional.empty();
    }
    Pair times = layer.attributes().get(AttributeKey.UP_SAMPLING);
    return sized(
        layer,
        reporter,
        (long) image.size(0) * times.height(),
        (long) image.size(1) * times.width(),
        image.channels());
  }

  static Optional<Inferred> resize(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Attributes attributes = layer.attributes();
    if (!ShapeRules.isImage(layer, inputs.get(0), reporter)) {
      return Optional.empty();
    }
    if (attributes.get(AttributeKey.ALIGN_CORNERS)
        && attributes.get(AttributeKey.HALF_PIXEL_CENTERS)) {
      reporter.report(
          DiagnosticId.ATTRIBUTE_PIXEL_CENTERS,
          attributes.at(AttributeKey.ALIGN_CORNERS),
          "alignCorners and halfPixelCenters exclude each other: with the corners aligned, a pixel"
              + " lies at its corner. Set halfPixelCenters = false, or remove alignCorners.");
      return Optional.empty();
    }
    return sized(
        layer,
        reporter,
        attributes.get(AttributeKey.HEIGHT),
        attributes.get(AttributeKey.WIDTH),
        inputs.get(0).channels());
  }

  static Optional<Inferred> repeat(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape input = inputs.get(0);
    return hasRank(
            layer,
            input,
            1,
            "a row of values, [features]. Put a @Flatten or a @GlobalAveragePool2D between them.",
            reporter)
        ? Inferred.plain(Shape.of(layer.attributes().get(AttributeKey.TIMES), input.size(0)))
        : Optional.empty();
  }

  static Optional<Inferred> mirrorPad(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape image = inputs.get(0);
    if (!ShapeRules.isImage(layer, image, reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    Margins margins = attributes.get(AttributeKey.MARGINS);
    PadMode mode = attributes.get(AttributeKey.PAD_MODE);
    int kept = mode == PadMode.REFLECT ? 1 : 0; // the pixel that the mirror stands on
    int highest = image.size(0) - kept;
    int widest = image.size(1) - kept;
    if (Math.max(margins.top(), margins.bottom()) > highest
        || Math.max(margins.left(), margins.right()) > widest) {
      reporter.report(
          DiagnosticId.SHAPE_MIRROR,
          attributes.at(AttributeKey.MARGINS),
          ShapeRules.reads(layer, image)
              + ", of which PadMode."
              + mode
              + " mirrors at most "
              + highest
              + " rows and "
              + widest
              + " columns, but the padding asks for more. Pad less, or with @ZeroPad2D.");
      return Optional.empty();
    }
    return sized(
        layer,
        reporter,
        (long) margins.top() + image.size(0) + margins.bottom(),
        (long) margins.left() + image.size(1) + margins.right(),
        image.channels());
  }

  /** A shape whose sizes may be too large for one. */
  private static Optional<Inferred> sized(
      LayerDeclaration layer, Reporter reporter, long... sizes) {
    if (LongStream.of(sizes).anyMatch(size -> size > Integer.MAX_VALUE)) {
      ShapeRules.reportTooLarge(layer, "values in its output", reporter);
      return Optional.empty();
    }
    return Inferred.plain(new Shape(LongStream.of(sizes).mapToObj(size -> (int) size).toList()));
  }
}
