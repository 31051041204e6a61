package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import java.util.Optional;

/** SequenceWindows, {@code [steps, channels]}, and windows that slide over them. */
final class SequenceWindows {
  private SequenceWindows() {}

  /** Whether it is one; else that is reported. */
  static boolean isSequence(LayerDeclaration layer, Shape shape, Reporter reporter) {
    if (shape.rank() == 2) {
      return true;
    }
    reporter.report(
        DiagnosticId.SHAPE_RANK,
        layer.source().inputs().get(0),
        ShapeRules.reads(layer, shape)
            + ", but @"
            + layer.operation().annotation()
            + " takes a sequence, [steps, channels]. Let it read a sequence, or put a @Reshape"
            + " between them.");
    return false;
  }

  /** The steps that a window leaves; empty if it is longer than the sequence. */
  static Optional<Integer> slide(
      LayerDeclaration layer,
      Shape sequence,
      int window,
      int stride,
      int dilation,
      SourceRef at,
      Reporter reporter) {
    Attributes attributes = layer.attributes();
    int steps =
        Windows.positions(
            sequence.size(0), window, stride, dilation, attributes.get(AttributeKey.PADDING));
    if (steps > 0) {
      return Optional.of(steps);
    }
    reporter.report(
        DiagnosticId.SHAPE_WINDOW,
        at,
        "The window of layer '"
            + layer.name()
            + "', "
            + window
            + (dilation > 1 ? " with dilationRate " + dilation : "")
            + ", is longer than its input '"
            + layer.inputs().get(0)
            + "' of shape "
            + sequence
            + ", so that no position is inside. Use a shorter window or padding = Padding.SAME, or"
            + " shorten the sequence less above.");
    return Optional.empty();
  }
}
