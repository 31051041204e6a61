package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.List;
import java.util.Optional;

/** Activations: the output has the input's shape, but not every shape will do. */
final class ActivationShapes {
  /** TFLite's PRELU and L2_NORMALIZATION take four sizes with the batch. */
  private static final int MOST_SIZES = 3;

  private ActivationShapes() {}

  static Optional<Inferred> overLastAxis(UnshapedLayer layer) {
    Shape shape = layer.input();
    int axis = layer.get(AttributeKey.AXIS);
    if (axis == -1 || axis == shape.rank()) {
      return Optional.of(new Inferred(shape));
    }
    return layer.refuse(
        DiagnosticId.SHAPE_LAST_AXIS,
        layer.at(AttributeKey.AXIS),
        "axis of @"
            + layer.declaration().annotation()
            + " is "
            + axis
            + ", but TFLite computes it over the last axis only: of layer '"
            + layer.declaration().name()
            + "' of shape "
            + shape
            + " that is "
            + shape.rank()
            + ", or -1; axis 0 is the batch. Remove the attribute, and put the axis last in what"
            + " the layer reads.");
  }

  static Optional<Inferred> l2Normalize(UnshapedLayer layer) {
    return small(layer).flatMap(shape -> overLastAxis(layer));
  }

  static Optional<Inferred> prelu(UnshapedLayer layer) {
    return small(layer)
        .flatMap(
            shape -> {
              List<Integer> axes = layer.get(AttributeKey.SHARED_AXES);
              return axes.stream()
                  .filter(axis -> axis > shape.rank())
                  .findFirst()
                  .map(axis -> refuseAxis(layer, axis))
                  .orElseGet(
                      () ->
                          Optional.of(new Inferred(shape, 0, shape.sharedAlong(axes).elements())));
            });
  }

  private static Optional<Inferred> refuseAxis(UnshapedLayer layer, int axis) {
    return layer.refuse(
        DiagnosticId.SHAPE_AXIS,
        layer.at(AttributeKey.SHARED_AXES),
        "sharedAxes of @PRelu has "
            + axis
            + ", but layer '"
            + layer.declaration().name()
            + "' of shape "
            + layer.input()
            + " has the axes 1 to "
            + layer.input().rank()
            + ": as in Keras, axis 0 is the batch.");
  }

  private static Optional<Shape> small(UnshapedLayer layer) {
    if (layer.input().rank() <= MOST_SIZES) {
      return Optional.of(layer.input());
    }
    return layer.refuse(
        DiagnosticId.SHAPE_RANK,
        layer.declaration().source().operation(),
        "@"
            + layer.declaration().annotation()
            + " of layer '"
            + layer.declaration().name()
            + "' has the shape "
            + layer.input()
            + ", but TFLite's kernel takes at most "
            + MOST_SIZES
            + " sizes without the batch. Put a @Reshape in front that joins some.");
  }
}
