package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.Slicing;
import dev.detent.processor.model.AttributeKey;
import java.util.List;
import java.util.Optional;

/** The shape rules of layers that take a part of what they read. */
final class PartShapes {
  private static final List<AttributeKey<List<Integer>>> SLICE =
      List.of(AttributeKey.BEGIN, AttributeKey.END, AttributeKey.SLICE_STRIDES);

  private PartShapes() {}

  static Optional<Inferred> crop(UnshapedLayer layer, AttributeKey<?> key) {
    return taken(layer, layer.at(key));
  }

  static Optional<Inferred> slice(UnshapedLayer layer) {
    boolean fits = true;
    for (AttributeKey<List<Integer>> key : SLICE) {
      int numbers = layer.get(key).size();
      if (numbers > layer.input().rank()) {
        layer.refuseInput(Message.S44_PER_AXIS, layer.at(key), key.name(), numbers);
        fits = false;
      }
    }
    return fits ? taken(layer, layer.declaration().source().operation()) : Optional.empty();
  }

  static Optional<Inferred> split(UnshapedLayer layer) {
    int parts = layer.get(AttributeKey.PARTS);
    int index = layer.get(AttributeKey.INDEX);
    if (index >= parts) {
      return layer.refuse(
          Message.A41_PART_INDEX, layer.at(AttributeKey.INDEX), index, parts, parts - 1);
    }
    int written = layer.get(AttributeKey.AXIS);
    return layer
        .axis(AttributeKey.AXIS, written)
        .flatMap(
            axis -> {
              int size = layer.input().size(axis);
              return size % parts == 0
                  ? taken(layer, layer.declaration().source().operation())
                  : layer.refuseInput(
                      Message.S41_INDIVISIBLE, layer.at(AttributeKey.PARTS), size, written, parts);
            });
  }

  private static Optional<Inferred> taken(UnshapedLayer layer, SourceRef at) {
    Slicing slicing = Slicing.of(layer.declaration(), layer.input());
    List<Integer> sizes = slicing.sizes();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) < 1) {
        return layer.refuseInput(
            Message.S40_NOTHING_LEFT,
            at,
            layer.declaration().annotation(),
            i + 1,
            slicing.begin().get(i),
            slicing.end().get(i));
      }
    }
    return Optional.of(new Inferred(new Shape(sizes)));
  }
}
