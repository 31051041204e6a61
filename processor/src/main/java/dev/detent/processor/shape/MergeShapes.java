package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
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
        layer.refuse(
            Message.S03_MERGE,
            layer.declaration().source().inputs().get(i),
            layer.declaration().name(),
            layer.shaped(clashing(layer.inputs(), i)),
            layer.shaped(i),
            layer.declaration().annotation());
        fits = false;
      }
    }
    return fits ? Optional.of(new Inferred(merged)) : Optional.empty();
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
          other.rank() == first.rank() ? Message.S04_CONCAT : Message.S04_CONCAT_RANK,
          layer.declaration().source().inputs().get(i),
          layer.declaration().name(),
          layer.shaped(0),
          layer.shaped(i),
          written);
      fits = false;
    }
    if (sum > Integer.MAX_VALUE) {
      return layer.tooLarge("values in its output");
    }
    return fits ? Optional.of(new Inferred(first.with(axis, (int) sum))) : Optional.empty();
  }
}
