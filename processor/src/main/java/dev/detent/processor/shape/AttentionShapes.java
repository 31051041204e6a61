package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.shape.ShapeRule.Inferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shape rules of matrix products and of attention. */
final class AttentionShapes {
  private AttentionShapes() {}

  static Optional<Inferred> batchMatMul(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!reads(layer, 2, "the left and the right matrix", reporter)
        || !areMatrices(layer, inputs, reporter)) {
      return Optional.empty();
    }
    boolean left = layer.attributes().get(AttributeKey.TRANSPOSE_A);
    boolean right = layer.attributes().get(AttributeKey.TRANSPOSE_B);
    Shape a = transposed(inputs.get(0), left);
    Shape b = transposed(inputs.get(1), right);
    if (a.channels() != b.size(b.rank() - 2) || !front(a).equals(front(b))) {
      reportProduct(
          layer,
          1,
          "Layer '"
              + layer.name()
              + "' multiplies '"
              + layer.inputs().get(0)
              + "' of shape "
              + inputs.get(0)
              + (left ? ", transposed," : "")
              + " with '"
              + layer.inputs().get(1)
              + "' of shape "
              + inputs.get(1)
              + (right ? ", transposed" : "")
              + ", but that takes [..., rows, inner] and [..., inner, columns] with equal axes in"
              + " front. Check transposeA and transposeB, or put a @Reshape between them.",
          reporter);
      return Optional.empty();
    }
    Shape output = a.with(a.rank() - 1, b.channels());
    return Optional.of(
        new Inferred(
            output, Optional.empty(), 0, ShapeRules.multiply(output.elements(), 1, a.channels())));
  }

  static Optional<Inferred> scaledDotProductAttention(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    if (!reads(layer, 3, "query, key and value", reporter)
        || !areMatrices(layer, inputs, reporter)) {
      return Optional.empty();
    }
    Shape query = inputs.get(0);
    Shape key = inputs.get(1);
    Shape value = inputs.get(2);
    boolean keyFits = query.channels() == key.channels() && front(query).equals(front(key));
    boolean valueFits =
        front(key).equals(front(value)) && key.size(key.rank() - 2) == value.size(value.rank() - 2);
    if (!keyFits || (front(query).equals(front(key)) && !valueFits)) {
      reportProduct(
          layer,
          keyFits ? 2 : 1,
          "Layer '"
              + layer.name()
              + "' attends with query "
              + query
              + ", key "
              + key
              + " and value "
              + value
              + ", but that takes [..., rows, d], [..., steps, d] and [..., steps, columns] with"
              + " equal axes in front. "
              + (keyFits
                  ? "Give key and value equally many steps."
                  : "Give query and key the same last size, for example with @Dense."),
          reporter);
      return Optional.empty();
    }
    int last = query.rank() - 1;
    Shape scores = query.with(last, key.size(last - 1));
    Shape output = query.with(last, value.channels());
    return Optional.of(
        new Inferred(
            output,
            Optional.empty(),
            0,
            ShapeRules.multiply(scores.elements(), 1, query.channels() + value.channels())));
  }

  static Optional<Inferred> multiHeadAttention(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    Shape in = inputs.get(0);
    if (in.rank() != 2) {
      reporter.report(
          DiagnosticId.SHAPE_RANK,
          layer.source().inputs().get(0),
          ShapeRules.reads(layer, in)
              + ", but @MultiHeadAttention takes a sequence, [steps, channels]. Put a @Reshape"
              + " between them, for example from an image with shape = {height * width,"
              + " channels}.");
      return Optional.empty();
    }
    Attributes attributes = layer.attributes();
    long heads = attributes.get(AttributeKey.NUM_HEADS);
    long keyDim = attributes.get(AttributeKey.KEY_DIM);
    long written = attributes.get(AttributeKey.VALUE_DIM);
    long valueDim = written == 0 ? keyDim : written;
    long widest = ShapeRules.multiply(heads, Math.max(keyDim, valueDim), in.channels());
    if (widest > Integer.MAX_VALUE) {
      ShapeRules.reportTooLarge(layer, "values of a projection's kernel", reporter);
      return Optional.empty();
    }
    long steps = in.size(0);
    long channels = in.channels();
    long kernels = channels * heads * (2 * keyDim + 2 * valueDim);
    long biases = heads * (2 * keyDim + valueDim) + channels;
    long products =
        ShapeRules.multiply(ShapeRules.multiply(heads, steps, steps), 1, keyDim + valueDim);
    return Optional.of(
        new Inferred(
            in,
            Optional.empty(),
            0,
            ShapeRules.multiply(steps, 1, kernels) + products,
            kernels + (attributes.get(AttributeKey.USE_BIAS) ? biases : 0)));
  }

  private static boolean reads(LayerDeclaration layer, int count, String what, Reporter reporter) {
    if (layer.inputs().size() == count) {
      return true;
    }
    reporter.report(
        DiagnosticId.ATTRIBUTE_LENGTH,
        layer.attributes().at(AttributeKey.MERGED),
        "@"
            + layer.operation().annotation()
            + " names "
            + layer.inputs().size()
            + " layers; it takes "
            + count
            + ": "
            + what
            + ".");
    return false;
  }

  private static boolean areMatrices(
      LayerDeclaration layer, List<Shape> inputs, Reporter reporter) {
    boolean fits = true;
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).rank() < 2) {
        reporter.report(
            DiagnosticId.SHAPE_RANK,
            layer.source().inputs().get(i),
            "Layer '"
                + layer.name()
                + "' reads '"
                + layer.inputs().get(i)
                + "' of shape "
                + inputs.get(i)
                + ", but @"
                + layer.operation().annotation()
                + " takes matrices, [..., rows, columns]. Put a @Reshape between them.");
        fits = false;
      }
    }
    return fits;
  }

  private static void reportProduct(
      LayerDeclaration layer, int input, String message, Reporter reporter) {
    reporter.report(DiagnosticId.SHAPE_MATRICES, layer.source().inputs().get(input), message);
  }

  private static Shape transposed(Shape matrix, boolean isTransposed) {
    int last = matrix.rank() - 1;
    return isTransposed
        ? matrix.with(last, matrix.size(last - 1)).with(last - 1, matrix.size(last))
        : matrix;
  }

  /** All axes but the last two. */
  private static List<Integer> front(Shape matrix) {
    return new ArrayList<>(matrix.sizes().subList(0, matrix.rank() - 2));
  }
}
