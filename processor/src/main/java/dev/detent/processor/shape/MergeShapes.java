package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The shape rules of layers that read several. */
final class MergeShapes {
  private MergeShapes() {}

  /** Value by value; see {@link Shape#broadcast}. */
  static Optional<Inferred> broadcast(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape merged = inputs.get(0);
    boolean fits = true;
    for (int i = 1; i < inputs.size(); i++) {
      Optional<Shape> next = merged.broadcast(inputs.get(i));
      if (next.isPresent()) {
        merged = next.get();
      } else {
        reportUnequal(layer, inputs, i, reporter);
        fits = false;
      }
    }
    return fits ? Inferred.plain(merged) : Optional.empty();
  }

  private static void reportUnequal(
      LayerDeclaration layer, List<Shape> inputs, int index, Reporter reporter) {
    int before = clashing(inputs, index);
    reporter.report(
        DiagnosticId.SHAPE_ADD,
        layer.source().inputs().get(index),
        "Layer '"
            + layer.name()
            + "' "
            + verb(layer.operation())
            + " '"
            + layer.inputs().get(before)
            + "' of shape "
            + inputs.get(before)
            + " and '"
            + layer.inputs().get(index)
            + "' of shape "
            + inputs.get(index)
            + ", but @"
            + layer.operation().annotation()
            + " takes equal shapes, or sizes of 1 where they differ. Make them equal, for example"
            + " with a @Conv2D of kernelSize 1 and the same filters and strides on the shorter"
            + " way.");
  }

  /** The input before that one that does not fit it, rather than what all of them make. */
  private static int clashing(List<Shape> inputs, int index) {
    for (int i = 0; i < index; i++) {
      if (inputs.get(i).broadcast(inputs.get(index)).isEmpty()) {
        return i;
      }
    }
    return 0;
  }

  private static String verb(OperationKind kind) {
    return switch (kind) {
      case ADD -> "adds";
      case MULTIPLY -> "multiplies";
      case SUBTRACT -> "takes the difference of";
      case AVERAGE -> "averages";
      default -> "compares";
    };
  }

  static Optional<Inferred> concat(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape first = inputs.get(0);
    int written = layer.attributes().get(AttributeKey.AXIS);
    OptionalInt found = Axes.find(layer, AttributeKey.AXIS, written, first, reporter);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    int axis = found.getAsInt();
    long sum = first.size(axis);
    boolean fits = true;
    for (int i = 1; i < inputs.size(); i++) {
      Shape other = inputs.get(i);
      if (other.rank() == first.rank() && other.with(axis, first.size(axis)).equals(first)) {
        sum += other.size(axis);
        continue;
      }
      reporter.report(
          DiagnosticId.SHAPE_CONCAT,
          layer.source().inputs().get(i),
          "Layer '"
              + layer.name()
              + "' puts '"
              + layer.inputs().get(0)
              + "' of shape "
              + first
              + " and '"
              + layer.inputs().get(i)
              + "' of shape "
              + other
              + " side by side along axis "
              + written
              + (other.rank() == first.rank()
                  ? ", but elsewhere their sizes differ. Make all other sizes equal, for example"
                      + " with padding = Padding.SAME and equal strides."
                  : ", but one has more axes than the other. Put a @Reshape or @Flatten before one"
                      + " of them."));
      fits = false;
    }
    if (sum > Integer.MAX_VALUE) {
      ShapeRules.reportTooLarge(layer, "values in its output", reporter);
      return Optional.empty();
    }
    return fits ? Inferred.plain(first.with(axis, (int) sum)) : Optional.empty();
  }
}
