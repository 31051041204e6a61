package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shape rules of layers that read trained constants. */
final class TableShapes {
  /** As many axes as TFLite's broadcasting takes, without the batch. */
  private static final int MOST_AXES = 3;

  private TableShapes() {}

  static Optional<Inferred> layerNorm(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape shape = inputs.get(0);
    if (!hasFewAxes(layer, shape, reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    long parameters =
        (long) shape.channels()
            * ((attributes.get(AttributeKey.SCALE) ? 1 : 0)
                + (attributes.get(AttributeKey.CENTER) ? 1 : 0));
    return Optional.of(new Inferred(shape, Optional.empty(), 0, 0, parameters));
  }

  static Optional<Inferred> positionEmbedding(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape shape = inputs.get(0);
    return hasFewAxes(layer, shape, reporter)
        ? Optional.of(new Inferred(shape, Optional.empty(), 0, 0, shape.elements()))
        : Optional.empty();
  }

  static Optional<Inferred> embedding(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape indices = inputs.get(0);
    if (!hasFewAxes(layer, indices, reporter)) {
      return Optional.empty();
    }
    Shape table =
        Shape.of(
            layer.attributes().get(AttributeKey.INPUT_DIM),
            layer.attributes().get(AttributeKey.OUTPUT_DIM));
    if (table.elements() > Integer.MAX_VALUE) {
      ShapeRules.reportTooLarge(layer, "values of the table", reporter);
      return Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>(indices.sizes());
    sizes.add(table.channels());
    return Optional.of(new Inferred(new Shape(sizes), Optional.empty(), 0, 0, table.elements()));
  }

  private static boolean hasFewAxes(LayerDeclaration layer, Shape shape, Reporter reporter) {
    if (shape.rank() <= MOST_AXES) {
      return true;
    }
    reporter.report(
        DiagnosticId.SHAPE_RANK,
        layer.source().inputs().get(0),
        ShapeRules.reads(layer, shape)
            + ", but @"
            + layer.operation().annotation()
            + " takes at most "
            + MOST_AXES
            + " axes, as TFLite broadcasts over no more. Put a @Reshape between them.");
    return false;
  }
}
