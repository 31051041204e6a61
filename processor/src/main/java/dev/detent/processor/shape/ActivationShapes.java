package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;

/** Activations: the output has the input's shape, but not every shape will do. */
final class ActivationShapes {
  /** TFLite's PRELU and L2_NORMALIZATION take four sizes with the batch. */
  private static final int MOST_SIZES = 3;

  private ActivationShapes() {}

  static Optional<Inferred> overLastAxis(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape shape = inputs.get(0);
    int axis = layer.attributes().get(AttributeKey.AXIS);
    if (axis == -1 || axis == shape.rank()) {
      return Inferred.plain(shape);
    }
    reporter.report(
        DiagnosticId.SHAPE_LAST_AXIS,
        layer.attributes().at(AttributeKey.AXIS),
        "axis of @"
            + layer.operation().annotation()
            + " is "
            + axis
            + ", but TFLite computes it over the last axis only: of layer '"
            + layer.name()
            + "' of shape "
            + shape
            + " that is "
            + shape.rank()
            + ", or -1; axis 0 is the batch. Remove the attribute, and put the axis last in what"
            + " the layer reads.");
    return Optional.empty();
  }

  static Optional<Inferred> l2Normalize(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return isSmall(layer, inputs.get(0), reporter)
        ? overLastAxis(layer, inputs, reporter)
        : Optional.empty();
  }

  static Optional<Inferred> prelu(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape shape = inputs.get(0);
    if (!isSmall(layer, shape, reporter)) {
      return Optional.empty();
    }
    List<Integer> axes = layer.attributes().get(AttributeKey.SHARED_AXES);
    for (int axis : axes) {
      if (axis > shape.rank()) {
        reporter.report(
            DiagnosticId.SHAPE_AXIS,
            layer.attributes().at(AttributeKey.SHARED_AXES),
            "sharedAxes of @PRelu has "
                + axis
                + ", but layer '"
                + layer.name()
                + "' of shape "
                + shape
                + " has the axes 1 to "
                + shape.rank()
                + ": as in Keras, axis 0 is the batch.");
        return Optional.empty();
      }
    }
    return Optional.of(
        new Inferred(shape, Optional.empty(), 0, 0, shape.sharedAlong(axes).elements()));
  }

  private static boolean isSmall(LayerDeclaration layer, Shape shape, Reporter reporter) {
    if (shape.rank() <= MOST_SIZES) {
      return true;
    }
    reporter.report(
        DiagnosticId.SHAPE_RANK,
        layer.source().operation(),
        "@"
            + layer.operation().annotation()
            + " of layer '"
            + layer.name()
            + "' has the shape "
            + shape
            + ", but TFLite's kernel takes at most "
            + MOST_SIZES
            + " sizes without the batch. Put a @Reshape in front that joins some.");
    return false;
  }
}
