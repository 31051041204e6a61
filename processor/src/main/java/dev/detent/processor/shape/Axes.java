package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import java.util.OptionalInt;

/** Finds axes that were written as Keras counts them. */
final class Axes {
  private Axes() {}

  /** The index in the first input's shape; empty, and reported, if it has no such axis. */
  static OptionalInt find(
      LayerDeclaration layer, AttributeKey<?> key, int written, Shape shape, Reporter reporter) {
    int rank = shape.rank();
    int axis = shape.axis(written);
    if (axis >= 0 && axis < rank) {
      return OptionalInt.of(axis);
    }
    reporter.report(
        DiagnosticId.SHAPE_AXIS,
        layer.attributes().at(key),
        key.name()
            + " of @"
            + layer.operation().annotation()
            + " is "
            + written
            + ", but '"
            + layer.inputs().get(0)
            + "' of shape "
            + shape
            + " has "
            + (rank == 1
                ? "axis 1 only, or -1"
                : "the axes 1 to " + rank + ", or -" + rank + " to -1")
            + ": as in Keras, axis 0 is the batch.");
    return OptionalInt.empty();
  }
}
