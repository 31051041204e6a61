package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;

/** Shapes of normalizations on fields of their own. */
final class NormalizationShapes {
  private NormalizationShapes() {}

  /** Mean and variance of each channel, and gamma and beta where there are. */
  static Optional<Inferred> batchNorm(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape shape = inputs.get(0);
    long perChannel =
        2L
            + (layer.attributes().get(AttributeKey.SCALE) ? 1 : 0)
            + (layer.attributes().get(AttributeKey.CENTER) ? 1 : 0);
    return Optional.of(new Inferred(shape, Optional.empty(), 0, 0, perChannel * shape.channels()));
  }
}
