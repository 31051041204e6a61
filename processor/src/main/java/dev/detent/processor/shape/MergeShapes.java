package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.OperationKind;
import java.util.List;
import java.util.Optional;

/** The shape rules of layers that read several. */
final class MergeShapes {
  private MergeShapes() {}

  /** Value by value; see {@link Shape#broadcast}. */
  static Optional<Inferred> broadcast(UnshapedLayer layer) {
    Shape merged = layer.input();
    boolean fits = true;
    for (int i = 1; i < layer.inputs().size(); i++) {
      Optional<Shape> next = merged.broadcast(layer.inputs().get(i));
      if (next.isPresent()) {
        merged = next.get();
      } else {
        reportUnequal(layer, i);
        fits = false;
      }
    }
    return fits ? Optional.of(new Inferred(merged)) : Optional.empty();
  }

  private static void reportUnequal(UnshapedLayer layer, int index) {
    layer.refuse(
        DiagnosticId.SHAPE_ADD,
        layer.declaration().source().inputs().get(index),
        "Layer '"
            + layer.declaration().name()
            + "' "
            + verb(layer.declaration().operation())
            + " "
            + layer.shaped(clashing(layer.inputs(), index))
            + " and "
            + layer.shaped(index)
            + ", but @"
            + layer.declaration().annotation()
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

  static Optional<Inferred> concat(UnshapedLayer layer) {
    int written = layer.get(AttributeKey.AXIS);
    return layer.axis(AttributeKey.AXIS, written).flatMap(axis -> concat(layer, axis, written));
  }

  private static Optional<Inferred> concat(UnshapedLayer layer, int axis, int written) {
    Shape first = layer.input();
    long sum = first.size(axis);
    boolean fits = true;
    for (int i = 1; i < layer.inputs().size(); i++) {
      Shape other = layer.inputs().get(i);
      if (other.rank() == first.rank() && other.with(axis, first.size(axis)).equals(first)) {
        sum += other.size(axis);
        continue;
      }
      layer.refuse(
          DiagnosticId.SHAPE_CONCAT,
          layer.declaration().source().inputs().get(i),
          "Layer '"
              + layer.declaration().name()
              + "' puts "
              + layer.shaped(0)
              + " and "
              + layer.shaped(i)
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
      return layer.tooLarge("values in its output");
    }
    return fits ? Optional.of(new Inferred(first.with(axis, (int) sum))) : Optional.empty();
  }
}
