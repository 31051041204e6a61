package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.List;
import java.util.Optional;

/** Shape rules of recurrent layers. */
final class RecurrentShapes {
  private static final int LSTM_GATES = 4;

  private static final int GRU_GATES = 3;

  private RecurrentShapes() {}

  static Optional<Inferred> lstm(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    return recurrent(layer, inputs.get(0), LSTM_GATES, LSTM_GATES, reporter);
  }

  static Optional<Inferred> gru(LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    int biases = GRU_GATES + (layer.attributes().get(AttributeKey.RESET_AFTER) ? 1 : 0);
    return recurrent(layer, inputs.get(0), GRU_GATES, biases, reporter);
  }

  /**
   * A layer of gates.
   *
   * @param gates how many parts its kernels have
   * @param biases how many parts its biases have
   */
  private static Optional<Inferred> recurrent(
      LayerDeclaration layer, Shape in, int gates, int biases, Reporter reporter) {
    if (in.rank() != 2) {
      reporter.report(
          DiagnosticId.SHAPE_RANK,
          layer.source().inputs().get(0),
          ShapeRules.reads(layer, in)
              + ", but @"
              + layer.operation().annotation()
              + " takes a sequence, [steps, channels]. Put a @Reshape between them, or let the"
              + " recurrent layer in front have returnSequences = true.");
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    long units = attributes.get(AttributeKey.UNITS);
    long steps = in.size(0);
    long widest = ShapeRules.multiply(gates, units, Math.max(in.channels(), units));
    if (widest > Integer.MAX_VALUE) {
      ShapeRules.reportTooLarge(layer, "values of a kernel", reporter);
      return Optional.empty();
    }
    long kernels = gates * units * (in.channels() + units);
    Shape output =
        attributes.get(AttributeKey.RETURN_SEQUENCES)
            ? Shape.of((int) steps, (int) units)
            : Shape.of((int) units);
    return Optional.of(
        new Inferred(
            output,
            Optional.empty(),
            0,
            ShapeRules.multiply(steps, 1, kernels),
            kernels + (attributes.get(AttributeKey.USE_BIAS) ? biases * units : 0)));
  }
}
