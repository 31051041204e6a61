package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Pair;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;

/** Shapes of layers without weights over sequences. */
final class SequencePoolShapes {
  private SequencePoolShapes() {}

  static Optional<Inferred> pool(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape sequence = inputs.get(0);
    if (!SequenceWindows.isSequence(layer, sequence, reporter)) {
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    Pair window = attributes.get(AttributeKey.POOL_SIZE);
    return SequenceWindows.slide(
            layer,
            sequence,
            window.width(),
            attributes.get(AttributeKey.POOL_STRIDES).orElse(window).width(),
            1,
            attributes.at(AttributeKey.POOL_SIZE),
            reporter)
        .flatMap(steps -> Inferred.plain(sequence.with(0, steps)));
  }

  static Optional<Inferred> globalPool(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape sequence = inputs.get(0);
    if (!SequenceWindows.isSequence(layer, sequence, reporter)) {
      return Optional.empty();
    }
    return Inferred.plain(
        layer.attributes().get(AttributeKey.KEEP_DIMS)
            ? sequence.with(0, 1)
            : Shape.of(sequence.channels()));
  }

  static Optional<Inferred> same(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return SequenceWindows.isSequence(layer, inputs.get(0), reporter)
        ? Inferred.plain(inputs.get(0))
        : Optional.empty();
  }
}
