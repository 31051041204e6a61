package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.Slicing;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The shape rules of layers that take a part of what they read. */
final class PartShapes {
  private static final List<AttributeKey<List<Integer>>> SLICE =
      List.of(AttributeKey.BEGIN, AttributeKey.END, AttributeKey.SLICE_STRIDES);

  private PartShapes() {}

  static Optional<Inferred> crop1D(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return ArrangedShapes.isSequence(layer, inputs.get(0), reporter)
        ? taken(layer, inputs.get(0), layer.attributes().at(AttributeKey.CROPPING_ENDS), reporter)
        : Optional.empty();
  }

  static Optional<Inferred> crop2D(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return ShapeRules.isImage(layer, inputs.get(0), reporter)
        ? taken(layer, inputs.get(0), layer.attributes().at(AttributeKey.CROPPING), reporter)
        : Optional.empty();
  }

  static Optional<Inferred> slice(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape input = inputs.get(0);
    boolean fits = true;
    for (AttributeKey<List<Integer>> key : SLICE) {
      int numbers = layer.attributes().get(key).size();
      if (numbers > input.rank()) {
        reporter.report(
            DiagnosticId.SHAPE_PER_AXIS,
            layer.attributes().at(key),
            ShapeRules.reads(layer, input)
                + ", but "
                + key.name()
                + " has "
                + numbers
                + " numbers, one for each of as many axes. Leave the last ones out: the batch has"
                + " none.");
        fits = false;
      }
    }
    return fits ? taken(layer, input, layer.source().operation(), reporter) : Optional.empty();
  }

  static Optional<Inferred> split(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape input = inputs.get(0);
    Attributes attributes = layer.attributes();
    int parts = attributes.get(AttributeKey.PARTS);
    int index = attributes.get(AttributeKey.INDEX);
    if (index >= parts) {
      reporter.report(
          DiagnosticId.ATTRIBUTE_INDEX,
          attributes.at(AttributeKey.INDEX),
          "index of @Split is "
              + index
              + ", but of "
              + parts
              + " parts the last has index "
              + (parts - 1)
              + ".");
      return Optional.empty();
    }
    OptionalInt axis =
        Axes.find(layer, AttributeKey.AXIS, attributes.get(AttributeKey.AXIS), input, reporter);
    if (axis.isEmpty()) {
      return Optional.empty();
    }
    int size = input.size(axis.getAsInt());
    if (size % parts != 0) {
      reporter.report(
          DiagnosticId.SHAPE_INDIVISIBLE,
          attributes.at(AttributeKey.PARTS),
          ShapeRules.reads(layer, input)
              + ", but "
              + parts
              + " parts of equal size cannot be made of "
              + size
              + " along axis "
              + attributes.get(AttributeKey.AXIS)
              + ". Choose a divisor of "
              + size
              + ", or take unequal parts with @Slice.");
      return Optional.empty();
    }
    return taken(layer, input, layer.source().operation(), reporter);
  }

  private static Optional<Inferred> taken(
      LayerDeclaration layer, Shape input, SourceRef at, Reporter reporter) {
    Slicing slicing = Slicing.of(layer, input);
    List<Integer> sizes = slicing.sizes();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) < 1) {
        reporter.report(
            DiagnosticId.SHAPE_EMPTY,
            at,
            ShapeRules.reads(layer, input)
                + ", of which @"
                + layer.operation().annotation()
                + " takes the places from "
                + slicing.begin().get(i)
                + " to below "
                + slicing.end().get(i)
                + " along axis "
                + (i + 1)
                + ", so that nothing is left. Take less away.");
        return Optional.empty();
      }
    }
    return Inferred.plain(new Shape(sizes));
  }
}
