package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The shape rules of layers that bring axes down to one value. */
final class ReducedShapes {
  private ReducedShapes() {}

  /** Over all axes but the channels. */
  static Optional<Inferred> global(UnshapedLayer layer, Shape in) {
    Shape channels = Shape.of(in.channels());
    return Optional.of(
        new Inferred(layer.get(AttributeKey.KEEP_DIMS) ? channels.ofRank(in.rank()) : channels));
  }

  static Optional<Inferred> reduce(UnshapedLayer layer) {
    Shape input = layer.input();
    List<Integer> written = layer.get(AttributeKey.AXES);
    if (written.isEmpty()) {
      return layer.refuse(
          Message.A02_WRONG_LENGTH,
          layer.at(AttributeKey.AXES),
          AttributeKey.AXES.name(),
          layer.declaration().annotation(),
          0,
          "the axes to reduce, at least one");
    }
    Set<Integer> axes = new HashSet<>();
    for (int each : written) {
      Optional<Integer> axis = layer.axis(AttributeKey.AXES, each);
      if (axis.isEmpty()) {
        return Optional.empty();
      }
      axes.add(axis.get());
    }
    List<Integer> sizes = new ArrayList<>();
    boolean keepDims = layer.get(AttributeKey.KEEP_DIMS);
    for (int i = 0; i < input.rank(); i++) {
      if (!axes.contains(i)) {
        sizes.add(input.size(i));
      } else if (keepDims) {
        sizes.add(1);
      }
    }
    if (sizes.isEmpty()) {
      return layer.refuseInput(
          Message.S01_ALL_REDUCED, layer.at(AttributeKey.AXES), layer.declaration().annotation());
    }
    return Optional.of(new Inferred(new Shape(sizes)));
  }

  /** The axis goes, even if it is the only one: then there is one index an example. */
  static Optional<Inferred> argMax(UnshapedLayer layer) {
    return layer
        .axis(AttributeKey.AXIS, layer.get(AttributeKey.AXIS))
        .map(
            axis -> {
              List<Integer> sizes = new ArrayList<>(layer.input().sizes());
              sizes.remove((int) axis);
              return new Inferred(new Shape(sizes));
            });
  }
}
