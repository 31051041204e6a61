package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.List;
import java.util.Optional;

/** Activations: the output has the input's shape, but not every shape will do. */
final class ActivationShapes {
  private ActivationShapes() {}

  static Optional<Inferred> overLastAxis(UnshapedLayer layer) {
    Shape shape = layer.input();
    int axis = layer.get(AttributeKey.AXIS);
    if (axis == -1 || axis == shape.rank()) {
      return Optional.of(new Inferred(shape));
    }
    return layer.refuse(
        Message.S60_LAST_AXIS,
        layer.at(AttributeKey.AXIS),
        layer.declaration().annotation(),
        axis,
        layer.declaration().name(),
        shape,
        shape.rank());
  }

  static Optional<Inferred> l2Normalize(UnshapedLayer layer) {
    return layer.fewAxes().flatMap(shape -> overLastAxis(layer));
  }

  static Optional<Inferred> prelu(UnshapedLayer layer) {
    AttributeKey<List<Integer>> key = AttributeKey.SHARED_AXES;
    List<Integer> axes = layer.get(key);
    return layer
        .fewAxes()
        .filter(shape -> axes.stream().allMatch(axis -> layer.axis(key, axis).isPresent()))
        .map(shape -> new Inferred(shape, 0, shape.sharedAlong(axes).elements()));
  }
}
