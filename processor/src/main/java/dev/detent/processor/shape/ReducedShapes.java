package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The shape rule of layers that bring axes down to one value. */
final class ReducedShapes {
  private ReducedShapes() {}

  static Optional<Inferred> reduce(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape input = inputs.get(0);
    List<Integer> written = layer.attributes().get(AttributeKey.AXES);
    if (written.isEmpty()) {
      reporter.report(
          DiagnosticId.ATTRIBUTE_LENGTH,
          layer.attributes().at(AttributeKey.AXES),
          "axis of @"
              + layer.operation().annotation()
              + " has 0 values; it takes the axes that go, at least one.");
      return Optional.empty();
    }
    Set<Integer> axes = new TreeSet<>();
    for (int each : written) {
      OptionalInt axis = Axes.find(layer, AttributeKey.AXES, each, input, reporter);
      if (axis.isEmpty()) {
        return Optional.empty();
      }
      axes.add(axis.getAsInt());
    }
    List<Integer> sizes = new ArrayList<>();
    boolean keepDims = layer.attributes().get(AttributeKey.KEEP_DIMS);
    for (int i = 0; i < input.rank(); i++) {
      if (!axes.contains(i)) {
        sizes.add(input.size(i));
      } else if (keepDims) {
        sizes.add(1);
      }
    }
    if (sizes.isEmpty()) {
      reporter.report(
          DiagnosticId.SHAPE_RANK,
          layer.attributes().at(AttributeKey.AXES),
          ShapeRules.reads(layer, input)
              + ", but axis of @"
              + layer.operation().annotation()
              + " lists all of its axes, so that none is left. Keep one of them, or set keepDims ="
              + " true.");
      return Optional.empty();
    }
    return Inferred.plain(new Shape(sizes));
  }
}
