package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.List;
import java.util.Optional;

/** Shape rules of matrix products and of attention. */
final class AttentionShapes {
  private AttentionShapes() {}

  static Optional<Inferred> batchMatMul(UnshapedLayer layer) {
    if (!areMatrices(layer, 2, "the left and the right matrix")) {
      return Optional.empty();
    }
    boolean left = layer.get(AttributeKey.TRANSPOSE_A);
    boolean right = layer.get(AttributeKey.TRANSPOSE_B);
    Shape a = transposed(layer.inputs().get(0), left);
    Shape b = transposed(layer.inputs().get(1), right);
    if (a.channels() != rows(b) || !front(a).equals(front(b))) {
      return layer.refuse(
          Message.S80_MATRICES,
          layer.declaration().source().inputs().get(1),
          layer.declaration().name(),
          layer.shaped(0),
          layer.shaped(1));
    }
    Shape output = a.withChannels(b.channels());
    return Optional.of(
        new Inferred(output, Inferred.product(output.elements(), 1, a.channels()), 0));
  }

  static Optional<Inferred> scaledDotProductAttention(UnshapedLayer layer) {
    if (!areMatrices(layer, 3, "query, key and value")) {
      return Optional.empty();
    }
    Shape query = layer.inputs().get(0);
    Shape key = layer.inputs().get(1);
    Shape value = layer.inputs().get(2);
    boolean keyFits = query.channels() == key.channels() && front(query).equals(front(key));
    boolean valueFits = front(key).equals(front(value)) && rows(key) == rows(value);
    if (!keyFits || !valueFits) {
      return layer.refuse(
          keyFits ? Message.S80_KEY_AND_VALUE : Message.S80_QUERY_AND_KEY,
          layer.declaration().source().inputs().get(keyFits ? 2 : 1),
          layer.declaration().name(),
          query,
          key,
          value);
    }
    long products = query.withChannels(rows(key)).elements();
    return Optional.of(
        new Inferred(
            query.withChannels(value.channels()),
            Inferred.product(products, 1, query.channels() + value.channels()),
            0));
  }

  static Optional<Inferred> multiHeadAttention(UnshapedLayer layer) {
    boolean fits = true;
    for (int i = 0; i < layer.inputs().size(); i++) {
      fits &= layer.sequence(i).isPresent();
    }
    if (!fits) {
      return Optional.empty();
    }
    Shape query = layer.input();
    Shape value = layer.inputs().get(Math.min(1, layer.inputs().size() - 1));
    Shape key = layer.inputs().get(layer.inputs().size() - 1);
    if (rows(key) != rows(value)) {
      return layer.refuse(
          Message.S80_STEPS,
          layer.at(AttributeKey.KEY_FROM),
          layer.declaration().name(),
          key,
          value);
    }
    long heads = layer.get(AttributeKey.NUM_HEADS);
    long keyDim = layer.get(AttributeKey.KEY_DIM);
    long written = layer.get(AttributeKey.VALUE_DIM);
    long valueDim = written == 0 ? keyDim : written;
    long channels = query.channels();
    long widest = Math.max(channels, Math.max(key.channels(), value.channels()));
    if (Inferred.product(heads, Math.max(keyDim, valueDim), widest) > Integer.MAX_VALUE) {
      return layer.tooLarge("values of a projection's kernel");
    }
    long ofQuery = channels * heads * (keyDim + valueDim); // and of the result
    long ofKey = heads * (key.channels() * keyDim + value.channels() * valueDim);
    long biases = heads * (2 * keyDim + valueDim) + channels;
    long products =
        Inferred.product(Inferred.product(heads, rows(query), rows(key)), 1, keyDim + valueDim);
    return Optional.of(
        new Inferred(
            query,
            Inferred.product(rows(query), 1, ofQuery)
                + Inferred.product(rows(key), 1, ofKey)
                + products,
            ofQuery + ofKey + (layer.get(AttributeKey.USE_BIAS) ? biases : 0)));
  }

  private static boolean areMatrices(UnshapedLayer layer, int count, String what) {
    int inputs = layer.inputs().size();
    boolean fits = inputs == count;
    if (!fits) {
      layer.refuse(
          Message.A02_WRONG_LENGTH,
          layer.at(AttributeKey.MERGED),
          AttributeKey.MERGED.name(),
          layer.declaration().annotation(),
          inputs,
          count + " layers: " + what);
      return false;
    }
    for (int i = 0; i < inputs; i++) {
      if (layer.inputs().get(i).rank() < 2) {
        layer.refuse(
            Message.S01_RANK,
            layer.declaration().source().inputs().get(i),
            layer.declaration().name(),
            layer.shaped(i),
            layer.declaration().annotation(),
            "matrices, [..., rows, columns]");
        fits = false;
      }
    }
    return fits;
  }

  private static Shape transposed(Shape matrix, boolean isTransposed) {
    return isTransposed
        ? matrix.with(matrix.rank() - 2, matrix.channels()).withChannels(rows(matrix))
        : matrix;
  }

  private static int rows(Shape matrix) {
    return matrix.size(matrix.rank() - 2);
  }

  /** All axes but the last two. */
  private static List<Integer> front(Shape matrix) {
    return matrix.sizes().subList(0, matrix.rank() - 2);
  }
}
